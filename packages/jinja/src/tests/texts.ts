import { truth } from '../python/compare.js';
import { characters } from '../python/convert.js';
import { pythonRegex } from '../python/regex.js';
import { compareVersions } from '../python/versions.js';
import { define, required, type Operation } from '../signature.js';
import type { Value } from '../values.js';

type Anchor = 'match' | 'search' | 'fullmatch';

const matching = (anchor: Anchor): Operation =>
  define(['pattern', 'ignorecase', 'multiline'], (input, [pattern, ignoreCase = false, multiline = false]) =>
    matches(input, characters(required(pattern, 'pattern')), anchor, {
      ignoreCase: truth(ignoreCase),
      multiline: truth(multiline),
    }),
  );

function matches(
  input: Value,
  pattern: string,
  anchor: Anchor,
  options: { ignoreCase: boolean; multiline: boolean },
): boolean {
  const regex = pythonRegex(pattern, options);
  if (anchor === 'search') return regex.test(characters(input));
  const anchored = new RegExp(regex.source, regex.flags.replace('g', 'y'));
  const found = anchored.exec(characters(input));
  return found !== null && (anchor === 'match' || found[0] === characters(input));
}

const version: Operation = define(['version', 'operator', 'strict', 'version_type'], (input, args) => {
  const [other, operator = 'eq', strict = null, type = null] = args;
  const named = type === null ? 'loose' : characters(type);
  return compareVersions(characters(input), characters(required(other, 'version')), {
    operator: characters(operator),
    type: strict !== null && truth(strict) ? 'strict' : named,
  });
});

const absolute: Operation = define([], (input) => characters(input).startsWith('/'));
const vaulted: Operation = define([], (input) => characters(input).startsWith('$ANSIBLE_VAULT;'));
const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** Tests about texts. */
export const textTests: Record<string, Operation> = {
  abs: absolute,
  is_abs: absolute,
  match: matching('match'),
  search: matching('search'),
  regex: define(['pattern', 'ignorecase', 'multiline', 'match_type'], (input, args) => {
    const [pattern, ignoreCase = false, multiline = false, type = 'search'] = args;
    const anchor = characters(type);
    const options = { ignoreCase: truth(ignoreCase), multiline: truth(multiline) };
    return matches(
      input,
      characters(required(pattern, 'pattern')),
      anchor === 'match' || anchor === 'fullmatch' ? anchor : 'search',
      options,
    );
  }),
  uri: define([], (input) => SCHEME.test(characters(input))),
  url: define([], (input) => /^[a-z][a-z\d+.-]*:\/\/[^/]+/i.test(characters(input))),
  urn: define([], (input) => /^urn:/i.test(characters(input))),
  vault_encrypted: vaulted,
  version,
  version_compare: version,
};
