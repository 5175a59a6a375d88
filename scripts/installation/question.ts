import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks the person at the terminal (or takes the next line of a pipe). */
export async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}

/** Asks several questions whose answers are not shown while they are typed. */
export async function askHidden(questions: string[]): Promise<string[]> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const isTerminal = process.stdin.isTTY;
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal });
  const lines = reader[Symbol.asyncIterator]();
  const answers: string[] = [];
  for (const question of questions) {
    process.stdout.write(question);
    const next = await lines.next();
    process.stdout.write('\n');
    answers.push(next.done === true ? '' : next.value);
  }
  reader.close();
  return answers;
}
