import { OperandError } from './errors.js';
import { NoLiteral, parseLiteral, pythonLiterals } from './python/literal.js';
import type { SyntaxOptions } from './syntax/token.js';
import { plain } from './text.js';
import { pyStr, type Value } from './values.js';

const HEADER = '#jinja2:';

const NAMES: Partial<Record<string, keyof SyntaxOptions>> = {
  variable_start_string: 'variableStart',
  variable_end_string: 'variableEnd',
  block_start_string: 'blockStart',
  block_end_string: 'blockEnd',
  comment_start_string: 'commentStart',
  comment_end_string: 'commentEnd',
  trim_blocks: 'trimBlocks',
  lstrip_blocks: 'lstripBlocks',
};

function literal(text: string): Value {
  try {
    return parseLiteral(text, pythonLiterals);
  } catch (error) {
    if (error instanceof NoLiteral)
      throw new OperandError(`the template's first line has no value in '${text}'`, 'give a literal');
    throw error;
  }
}

function override(pair: string): [string, boolean | string] | null {
  const colon = pair.indexOf(':');
  if (colon < 0)
    throw new OperandError(`failed to parse jinja2 override '${pair.trim()}'`, 'write name: value');
  const name = NAMES[pair.slice(0, colon).trim()];
  const value = literal(pair.slice(colon + 1).trim());
  return name === undefined ? null : [name, typeof value === 'boolean' ? value : plain(pyStr(value))];
}

/** How a template's own first line (`#jinja2: trim_blocks: False`) changes its syntax, and how long that line is. */
export function readHeader(source: string): { length: number; overrides: Partial<SyntaxOptions> } {
  if (!source.startsWith(HEADER)) return { length: 0, overrides: {} };
  const end = source.includes('\n') ? source.indexOf('\n') : source.length;
  const pairs = source.slice(HEADER.length, end).split(',').map(override);
  return {
    length: Math.min(end + 1, source.length),
    overrides: Object.fromEntries(pairs.filter((pair) => pair !== null)),
  };
}
