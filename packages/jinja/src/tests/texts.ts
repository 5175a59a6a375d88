import { OperandError } from '../errors.js';
import { splitUrl } from '../filters/split-url.js';
import { assertDefined, contains, truth } from '../python/compare.js';
import { characters, exactCharacters } from '../python/convert.js';
import { pythonRegex } from '../python/regex.js';
import { compareVersions } from '../python/versions.js';
import { define, required, type Operation } from '../signature.js';
import { isStr } from '../text.js';
import type { Value } from '../values.js';

type Anchor = 'match' | 'search' | 'fullmatch';

const matching = (anchor: Anchor): Operation =>
  define(['pattern', 'ignorecase', 'multiline'], (input, [pattern, ignoreCase = false, multiline = false]) =>
    matches(input, patternFor(input, pattern), anchor, {
      ignoreCase: truth(ignoreCase),
      multiline: truth(multiline),
    }),
  );

/** Of two mistakes the missing input is the one to report. */
function patternFor(input: Value, pattern: Value | undefined): string {
  assertDefined(input);
  return exactCharacters(required(pattern, 'pattern'));
}

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
  const named = type === null || !truth(type) ? 'loose' : characters(type);
  return compareVersions(characters(input), characters(required(other, 'version')), {
    operator: characters(operator),
    type: strict !== null && truth(strict) ? 'strict' : named,
  });
});

const absolute: Operation = define([], (input) => exactCharacters(input).startsWith('/'));
const vaulted: Operation = define([], (input) => characters(input).startsWith('$ANSIBLE_VAULT;'));
const hasScheme = (input: Value, schemes: Value): boolean =>
  !truth(schemes) || contains(schemes, splitUrl(characters(input)).get('scheme') ?? '');

/** Python's urlsplit takes every text for a URI, and refuses brackets that are no IPv6 address. */
function isUri(input: Value, schemes: Value): boolean {
  try {
    return isStr(input) && hasScheme(input, schemes);
  } catch (error) {
    if (error instanceof OperandError) return false;
    throw error;
  }
}

function isUrl(input: Value, schemes: Value): boolean {
  if (!isUri(input, schemes)) return false;
  const parts = splitUrl(characters(input));
  return parts.get('netloc') !== '' || parts.get('scheme') === 'file';
}

/** Tests about texts. */
export const textTests: Record<string, Operation> = {
  abs: absolute,
  is_abs: absolute,
  match: matching('match'),
  search: matching('search'),
  regex: define(['pattern', 'ignorecase', 'multiline', 'match_type'], (input, args) => {
    const [pattern, ignoreCase = false, multiline = false, type = 'search'] = args;
    assertDefined(input);
    const anchor = exactCharacters(type);
    if (!['search', 'match', 'fullmatch'].includes(anchor))
      throw new OperandError(`there is no way to match '${anchor}'`, 'use search, match or fullmatch');
    const options = { ignoreCase: truth(ignoreCase), multiline: truth(multiline) };
    return matches(
      input,
      patternFor(input, pattern),
      anchor === 'match' || anchor === 'fullmatch' ? anchor : 'search',
      options,
    );
  }),
  uri: define(['schemes'], (input, [schemes = null]) => isUri(input, schemes)),
  url: define(['schemes'], (input, [schemes = null]) => isUrl(input, schemes)),
  urn: define([], (input) => isUri(input, ['urn'])),
  vault_encrypted: vaulted,
  version,
  version_compare: version,
};
