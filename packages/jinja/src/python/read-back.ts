import { Text, type Str } from '../text.js';
import type { Value } from '../values.js';
import { NoLiteral, parseLiteral, pythonLiterals } from './literal.js';

/** A text that reads as a list, a dictionary or a boolean becomes one; a tainted or native text never does. */
export function readBack(text: Str): Value {
  if (text instanceof Text) return text;
  if (!/^[[{]|^(?:True|False)$/.test(text)) return text;
  try {
    return parseLiteral(text, pythonLiterals);
  } catch (error) {
    if (error instanceof NoLiteral) return text;
    throw error;
  }
}
