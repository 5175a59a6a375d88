import { OperandError } from '../errors.js';
import { truth } from '../python/compare.js';
import { exactCharacters, exactText, integer } from '../python/convert.js';
import { iterate } from '../python/iterate.js';
import { pythonJson, toJson, type JsonStyle } from '../python/json.js';
import { jsonLiterals, NoLiteral, parseLiteral } from '../python/literal.js';
import { define, type Operation } from '../signature.js';
import { hasTaint, isStr, mapText, nativeText, plain } from '../text.js';
import { isTainted, markUnsafe, type Value } from '../values.js';

const OPTIONS = ['indent', 'sort_keys', 'ensure_ascii', 'separators', '**others'];

/** `to_json` and `to_nice_json` with the options of Python's `json.dumps`. */
const json = (style: JsonStyle): Operation =>
  define(OPTIONS, (input, [indent, sortKeys = style.sortKeys, ascii = style.ascii, separators = null]) =>
    nativeText(
      toJson(input, {
        ...style,
        indent: indent === undefined ? style.indent : indentText(indent),
        sortKeys: truth(sortKeys),
        ascii: truth(ascii),
        ...separatorsOf(separators),
      }),
    ),
  );

function separatorsOf(separators: Value): Partial<JsonStyle> {
  if (separators === null) return {};
  const [itemSeparator, keySeparator] = iterate(separators).map(exactCharacters);
  if (itemSeparator === undefined || keySeparator === undefined)
    throw new OperandError('not enough values to unpack (expected 2)', 'give (",", ":")');
  // What is no JSON punctuation would let data break out of the quotes.
  if (!/^\s*,\s*$/.test(itemSeparator) || !/^\s*:\s*$/.test(keySeparator))
    throw new OperandError('the separators are no comma and colon', 'give (",", ":")');
  return { itemSeparator, keySeparator };
}

/** An indentation is a number of blanks, or blanks; any other text would not be JSON. */
function indentText(indent: Value): string | null {
  if (indent === null) return null;
  if (!isStr(indent)) return ' '.repeat(integer(indent));
  if (!/^\s*$/.test(plain(indent))) throw new OperandError('the indent is not blank', 'give a number');
  return plain(indent);
}

const HTML_UNSAFE: Partial<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  "'": '\\u0027',
};

const htmlSafeJson: Operation = define(['indent'], (input, [indent = null]) => {
  const plainJson = toJson(input, { ...pythonJson, sortKeys: true, indent: indentText(indent) });
  return mapText(plainJson, (whole) =>
    whole.replace(/[<>&']/g, (character) => HTML_UNSAFE[character] ?? character),
  );
});

function fromJson(input: Value): Value {
  const source = exactText(input);
  try {
    const value = parseLiteral(plain(source), jsonLiterals);
    return hasTaint(source) ? markUnsafe(value) : value;
  } catch (error) {
    if (!(error instanceof NoLiteral)) throw error;
    throw new OperandError(
      `from_json got a text that is no JSON: ${isTainted(input) ? 'unexpected text' : error.message}`,
      'give JSON',
    );
  }
}

/** Filters between data and text formats. */
export const dataFormatFilters: Record<string, Operation> = {
  from_json: define([], fromJson),
  to_json: json(pythonJson),
  to_nice_json: json({ ...pythonJson, indent: '    ', sortKeys: true }),
  tojson: htmlSafeJson,
};
