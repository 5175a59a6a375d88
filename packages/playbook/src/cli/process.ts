import { isatty } from 'node:tty';
import { readInput } from './read-input.js';
import { EXIT } from './exit-code.js';
import type { Question } from './invocation.js';
import { main } from './main.js';
import { environment } from './config.js';

/** Aborts at the first Ctrl-C or TERM; a second one ends the process at once. */
function cancelledBySignals(): AbortSignal {
  const cancellation = new AbortController();
  const onSignal = () => {
    if (cancellation.signal.aborted) process.exit(EXIT.interrupted);
    cancellation.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return cancellation.signal;
}

/** Waits until a reader who is slower than we are has got everything: whoever exits before loses the rest. */
async function flush(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength > 0) await new Promise((resolve) => stream.write('', resolve));
}

/** Runs a program in this process and ends it with the program's exit code. */
export async function runProcess(name: string, words: readonly string[]): Promise<void> {
  const { stdout, stderr } = process;
  // A reader who has seen enough (`| head`) ends the program without a word.
  stdout.on('error', () => process.exit(EXIT.error));
  const ask = async (question: Question) => {
    const { askAt } = await import('./ask.js');
    return askAt({ input: process.stdin, output: stderr }, question);
  };
  const exitCode = await main(name, {
    words,
    env: environment(),
    cwd: process.cwd(),
    write: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
    isTerminal: stdout.isTTY,
    columns: stdout.isTTY ? stdout.columns : undefined,
    // process.stdin is opened by looking at it, which takes 10 ms.
    ask: isatty(0) ? ask : undefined,
    readInput: () => readInput(process.stdin),
    signal: cancelledBySignals(),
  });
  await Promise.all([flush(stdout), flush(stderr)]);
  process.exit(exitCode);
}
