import { readdirSync, readFileSync } from 'node:fs';

/** The command lines on this machine that begin with the text, as ps shows them. */
export function processesLike(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    })
    .filter((line) => line.startsWith(text));
}
