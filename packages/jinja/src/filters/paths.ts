import { posix } from 'node:path';
import { OperandError } from '../errors.js';
import { exactCharacters, exactText } from '../python/convert.js';
import { iterate } from '../python/iterate.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, concat, isStr, mapText, plain, slice, type Str } from '../text.js';
import { Tuple, type Value } from '../values.js';

const lastSlash = (path: Str): number => plain(path).lastIndexOf('/') + 1;

/** What stands before the last slash, without slashes at its end unless it is only slashes. */
function dirname(path: Str): Str {
  const head = slice(path, 0, lastSlash(path));
  const kept = plain(head).replace(/\/+$/, '').length;
  return kept === 0 ? head : slice(head, 0, kept);
}

/** Python's `os.path.splitext`: dots at the start of the name are no extension. */
function splitExtension(path: Str): Tuple {
  const name = lastSlash(path);
  const found = /^(\.*[^.].*)(\.[^.]*)$/s.exec(plain(path).slice(name));
  const at = found?.[1] === undefined ? plain(path).length : name + found[1].length;
  return new Tuple([slice(path, 0, at), slice(path, at)]);
}

/** Python's `os.path.join`: an absolute part begins anew. */
function join(parts: readonly Str[]): Str {
  return parts.reduce<Str>((joined, part) => {
    const [before, next] = [plain(joined), plain(part)];
    if (next.startsWith('/') || before === '') return part;
    return concat([joined, before.endsWith('/') ? '' : '/', part]);
  }, '');
}

function joined(parts: readonly Value[]): Str {
  if (parts.length === 0) throw new OperandError('path_join got no parts', 'give at least one');
  return join(parts.map(exactText));
}

const windowsParts = (path: Str): [number, number] => {
  const drive = /^[A-Za-z]:|^(?:\\\\|\/\/)[^\\/]+[\\/][^\\/]+/.exec(plain(path))?.[0].length ?? 0;
  return [drive, Math.max(plain(path).lastIndexOf('\\'), plain(path).lastIndexOf('/')) + 1];
};

const windows = (part: (path: Str, drive: number, name: number) => Value): Operation =>
  define([], (input) => {
    const path = exactText(input);
    return part(path, ...windowsParts(path));
  });

/** Filters on file names; none of them looks at the disk. */
export const pathFilters: Record<string, Operation> = {
  basename: define([], (input) => slice(exactText(input), lastSlash(exactText(input)))),
  dirname: define([], (input) => dirname(exactText(input))),
  path_join: define([], (input) => (isStr(input) ? input : joined(iterate(input)))),
  relpath: define(['start'], (input, [start = '.']) => {
    const path = exactText(input);
    if (plain(path) === '') throw new OperandError('no path specified', 'give a path');
    return carryTaint(posix.relative(exactCharacters(start), plain(path)) || '.', path);
  }),
  // Without looking at the disk no link is followed; the environment of a controller does.
  realpath: define([], (input) => mapText(exactText(input), (path) => posix.resolve(path))),
  splitext: define([], (input) => splitExtension(exactText(input))),
  win_basename: windows((path, drive, name) => slice(path, Math.max(drive, name))),
  win_dirname: windows((path, drive, name) => {
    const head = slice(path, 0, Math.max(drive, name));
    const kept = plain(head).replace(/[\\/]+$/, '').length;
    return kept <= drive ? head : slice(head, 0, kept);
  }),
  win_splitdrive: windows((path, drive) => new Tuple([slice(path, 0, drive), slice(path, drive)])),
};
