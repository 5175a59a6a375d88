import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from './exit-code.js';

/** The hosts that a file of `--limit @file` names, one pattern a line. */
function patternsOf(file: string): string {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .join(',');
  } catch (cause) {
    throw new CommandError(
      `Unable to find limit file ${file}: ${cause instanceof Error ? cause.message : ''}`,
    );
  }
}

/** `--limit` with the files in it read: `web,@failed.retry`. Throws CommandError for one that cannot be read. */
export function readLimit(limit: string, cwd: string): string {
  return limit
    .split(',')
    .map((part) => part.trim())
    .map((part) => (part.startsWith('@') ? patternsOf(resolve(cwd, part.slice(1))) : part))
    .join(',');
}
