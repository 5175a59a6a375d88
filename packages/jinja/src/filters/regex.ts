import { OperandError } from '../errors.js';
import { truth } from '../python/compare.js';
import { characters, exactCharacters, exactText, text } from '../python/convert.js';
import { pythonRegex } from '../python/regex.js';
import { groupText, substitute } from '../python/regex-replacement.js';
import { define, required, type Operation } from '../signature.js';
import { isStr, mapText, notNative, plain, type Str } from '../text.js';
import { Tuple, type Value } from '../values.js';

function options(ignoreCase: Value = false, multiline: Value = false) {
  return { ignoreCase: truth(ignoreCase), multiline: truth(multiline) };
}

function compile(pattern: Value | undefined, ignoreCase?: Value, multiline?: Value): RegExp {
  return pythonRegex(exactCharacters(required(pattern, 'regex')), options(ignoreCase, multiline));
}

/** The groups that a `regex_search` asks for: `\1` or `\g<name>`. */
function wantedGroup(argument: Value): number | string {
  const [, name, number] = /^\\(?:g<(\w+)>|(\d+))$/.exec(characters(argument)) ?? [];
  if (name !== undefined) return name;
  if (number !== undefined) return Number(number);
  throw new OperandError('Unknown argument', "name groups as '\\\\1' or '\\\\g<name>'");
}

const search: Operation = (input, { positional, named }) => {
  const [pattern, ...groups] = positional;
  const source = text(input);
  const wanted = groups.map(wantedGroup);
  const match = compile(pattern ?? named.get('regex'), named.get('ignorecase'), named.get('multiline')).exec(
    plain(source),
  );
  if (match === null) return null;
  if (groups.length === 0) return groupText(match, source, 0) ?? '';
  return wanted.map((group) => groupText(match, source, group) ?? null);
};

/** Python's `re.findall`: the match, its only group, or a tuple of its groups. */
function found(match: RegExpExecArray, source: Str): Value {
  const group = (index: number): Str => groupText(match, source, index) ?? '';
  if (match.length <= 2) return group(match.length - 1);
  return new Tuple(match.slice(1).map((_, index) => group(index + 1)));
}

const POSIX_BASIC = /[.[\]$*^\\]/g;
const PYTHON_SPECIAL = /[\\.^$*+?{}[\]|()\-&~# \t\n\r\v\f]/g;

function specialOf(type: string): RegExp {
  if (type === 'posix_basic') return POSIX_BASIC;
  if (type === 'python') return PYTHON_SPECIAL;
  throw new OperandError(`Invalid regex type (${type})`, 'use python or posix_basic');
}

/** Filters with Python's regular expressions. */
export const regexFilters: Record<string, Operation> = {
  regex_escape: define(['re_type'], (input, [type = 'python']) =>
    mapText(text(input), (whole) => whole.replace(specialOf(characters(type)), '\\$&')),
  ),
  regex_findall: define(['regex', 'multiline', 'ignorecase'], (input, [pattern, multiline, ignoreCase]) => {
    const source = text(input);
    return [...plain(source).matchAll(compile(pattern, ignoreCase, multiline))].map((match) =>
      found(match, source),
    );
  }),
  regex_replace: define(
    ['pattern', 'replacement', 'ignorecase', 'multiline'],
    (input, [pattern = '', replacement = '', ignoreCase, multiline]) =>
      substitute(
        compile(pattern, ignoreCase, multiline),
        exactText(replacement),
        notNative(isStr(input) ? input : text(input)),
      ),
  ),
  regex_search: search,
};
