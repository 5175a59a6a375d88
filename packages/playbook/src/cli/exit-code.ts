import type { RunResult } from '../events.js';

/** Ansible's exit codes. */
export const EXIT = {
  fine: 0,
  error: 1,
  failed: 2,
  /** Also of a command line that cannot be understood (argparse). */
  usage: 2,
  unreachable: 4,
  /** A playbook that cannot be read. */
  parser: 4,
  /** Options that contradict each other, a configuration that cannot be read. */
  options: 5,
  interrupted: 99,
  unexpected: 250,
} as const;

/** An end of a command that is the user's doing: the sentence follows `ERROR! ` on stderr. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.error,
  ) {
    super(message);
    this.name = 'CommandError';
  }
}

/** The exit code of a run; an unreachable host weighs more than a failed one. */
export function exitCodeOf({ outcome, stats }: RunResult): number {
  if (outcome === 'cancelled') return EXIT.interrupted;
  if (outcome === 'unreachable') return EXIT.unreachable;
  const counts = Object.values(stats);
  if (outcome !== 'failed' || !counts.some(({ failed }) => failed > 0)) return EXIT.fine;
  return counts.some(({ unreachable }) => unreachable > 0) ? EXIT.unreachable : EXIT.failed;
}
