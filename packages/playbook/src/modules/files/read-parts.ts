import type { RemoteOutput } from '../../transport/transport.js';
import { failure, NEXT, type Step } from '../module.js';

/** A task may print 1 MiB by default; a longer file takes several trips. */
export const PART_BYTES = 512 * 1024;

/** Script text: prints the size of `$d` with a NUL behind it, and the file's beginning. */
export const firstPart = `stat -Lc '%s' -- "$d" | tr '\\n' '\\0'; head -c ${PART_BYTES} -- "$d"; `;

/** What firstPart has printed. */
export type FilePart = Buffer;

/**
 * Hands on the whole content of a file when all of it is there; asks for the rest before that. `word` is the file as a
 * shell word, `what` begins an error. A file that becomes shorter meanwhile is a failure.
 */
export function restOf(word: string, part: FilePart, what: string, then: (content: Buffer) => Step): Step {
  const end = part.indexOf(0);
  const size = Number(part.subarray(0, end).toString());
  const parts = [part.subarray(end + 1)];
  // A file of /proc says that it is empty.
  if (size === 0 || (parts[0]?.length ?? 0) >= size) return then(Buffer.concat(parts));
  return more(word, { parts, size, what }, then);
}

interface Reading {
  readonly parts: Buffer[];
  readonly size: number;
  readonly what: string;
}

function more(word: string, { parts, size, what }: Reading, then: (content: Buffer) => Step): Step {
  const have = parts.reduce((sum, part) => sum + part.length, 0);
  return {
    plan: {
      script: `tail -c +${have + 1} -- ${word} | head -c ${PART_BYTES}; exit ${NEXT}`,
      interpret(output: RemoteOutput) {
        if (output.stdout.length === 0)
          return failure(
            `cannot ${what}: it became shorter meanwhile ${output.stderr.toString().trim()}`.trim(),
          );
        parts.push(output.stdout);
        if (have + output.stdout.length >= size) return then(Buffer.concat(parts));
        return more(word, { parts, size, what }, then);
      },
    },
  };
}
