import { performance } from 'node:perf_hooks';

/** One line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** "0.4 s", "75.0 s". */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

const announceAfterMs = 2_000;

/** Does something and prints that it goes on (after 2 s) and how long it took; what is quicker prints nothing. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const timer = setTimeout(() => say(`${name} …`), announceAfterMs);
  try {
    const result = await work();
    const took = performance.now() - begin;
    if (took >= announceAfterMs) say(`${name}: ${seconds(took)}`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
