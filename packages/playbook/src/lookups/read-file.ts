import { readFileSync } from 'node:fs';
import { LookupError } from '@tenon/jinja/errors';

/** The text of a file. Throws LookupError when it cannot be read or is not UTF-8. */
export function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LookupError(`cannot read ${path}: ${reason}`, 'give a text file that the engine may read');
  }
}
