import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CancelledError } from '../transport/errors.js';
import type { Question } from './invocation.js';

/** The terminal that a person sits at. */
interface AskedTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks one question; what is typed as an answer to a hidden one is not shown. Rejects with CancelledError on Ctrl-C. */
export function askAt({ input, output }: AskedTerminal, { text, hidden }: Question): Promise<string> {
  const state = { muted: false };
  const shown = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!state.muted) output.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input, output: shown, terminal: true });
  return new Promise((resolve, reject) => {
    reader.once('SIGINT', () => {
      reader.close();
      reject(new CancelledError());
    });
    reader.question(text, (answer) => {
      reader.close();
      if (hidden) output.write('\n');
      resolve(answer);
    });
    state.muted = hidden;
  });
}
