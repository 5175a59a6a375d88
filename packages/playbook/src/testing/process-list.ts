import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** Waits until no command line begins with the text; throws with those that are left. What was killed takes a moment to go. */
export async function untilGone(text: string, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  for (let left = processesLike(text); left.length > 0; left = processesLike(text)) {
    if (Date.now() > until) throw new Error(`still there: ${left.join(', ')}`);
    await sleep(10);
  }
}
