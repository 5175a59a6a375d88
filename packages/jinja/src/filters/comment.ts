import { OperandError } from '../errors.js';
import { characters, exactText, integer } from '../python/convert.js';
import { replaceText } from '../python/replace.js';
import { define, type Operation } from '../signature.js';
import { trim } from '../python/trim.js';
import { concat, plain, type Str } from '../text.js';
import { dictGet } from '../dict.js';
import type { Value } from '../values.js';

interface Style {
  readonly beginning?: string;
  readonly decoration: string;
  readonly end?: string;
}

const STYLES: Partial<Record<string, Style>> = {
  plain: { decoration: '# ' },
  erlang: { decoration: '% ' },
  c: { decoration: '// ' },
  cblock: { beginning: '/*', decoration: ' * ', end: ' */' },
  xml: { beginning: '<!--', decoration: ' - ', end: '-->' },
};

/** Reads the options one by one; what is not given comes from the style. */
function reader(options: Value | undefined): (name: string, fallback: Str) => Str {
  return (name, fallback) => {
    const given = options instanceof Map ? dictGet(options, name) : undefined;
    return given === undefined ? fallback : exactText(given);
  };
}

const trimEnd = (line: Str): Str => trim(line, { start: false, end: true });

/** The lines of decoration before or after the text. */
function repeated(line: Str, count: number): Str {
  return concat(Array.from({ length: Math.max(0, count) }, () => line));
}

function decorate(source: Str, style: Style, options: Value | undefined): Str {
  const read = reader(options);
  const count = (name: string): number =>
    integer((options instanceof Map ? dictGet(options, name) : undefined) ?? 1);
  const newline = read('newline', '\n');
  const decoration = read('decoration', style.decoration);
  const [beginning, end] = [read('beginning', style.beginning ?? ''), read('end', style.end ?? '')];
  const [prefix, postfix] = [read('prefix', trimEnd(decoration)), read('postfix', trimEnd(decoration))];
  const prefixLine = plain(prefix) === plain(newline) ? newline : concat([prefix, newline]);
  const body = replaceText(
    concat([decoration, replaceText(source, plain(newline), concat([newline, decoration]))]),
    plain(decoration) + plain(newline),
    concat([trimEnd(decoration), newline]),
  );
  return concat([
    plain(beginning) === '' ? '' : concat([beginning, newline]),
    plain(prefix) === '' ? '' : repeated(prefixLine, count('prefix_count')),
    body,
    repeated(concat([newline, postfix]), count('postfix_count')),
    plain(end) === '' ? '' : concat([newline, end]),
  ]);
}

/** Ansible's `comment`: the text as a comment of a file format. */
export const comment: Operation = define(['style', '**options'], (input, [name = 'plain', options]) => {
  const style = STYLES[characters(name)];
  if (style === undefined)
    throw new OperandError(
      `there is no comment style '${characters(name)}'`,
      `use one of ${Object.keys(STYLES).join(', ')}`,
    );
  return decorate(exactText(input), style, options);
});
