import { NoLiteral, parseLiteral, pythonLiterals } from '@tenon/jinja/python/literal';
import type { Value } from '@tenon/jinja/values';

/** Unlike templates, `ast.literal_eval` does not know JSON's words: `x=true` is a text. */
const words = new Map<string, Value>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

function literal(text: string): Value | undefined {
  try {
    return parseLiteral(text, { ...pythonLiterals, words });
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

/** A value of an INI inventory: a literal of Python (a comment behind it does not count), or else a text as it stands. */
export function iniValue(written: string): Value {
  const whole = literal(written);
  if (whole !== undefined) return whole;
  for (let hash = written.indexOf('#'); hash > 0; hash = written.indexOf('#', hash + 1)) {
    const value = literal(written.slice(0, hash));
    if (value !== undefined) return value;
  }
  return written;
}
