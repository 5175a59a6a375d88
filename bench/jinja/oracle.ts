import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answer, Case } from './case.ts';

/** ansible-core in one Python process that answers case after case. */
export class Oracle {
  private readonly process: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  /** `python`: an interpreter that has ansible-core 2.14. */
  constructor(python: string) {
    const folder = join(import.meta.dirname, 'templates');
    this.process = spawn(python, [join(import.meta.dirname, 'oracle.py'), folder], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    if (this.process.stdout === null) throw new Error('cannot start the oracle: it has no output');
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** The answers in the order of the cases. Rejects when Python ends early. */
  async answer(cases: readonly Case[]): Promise<Answer[]> {
    const { stdin } = this.process;
    if (stdin === null) throw new Error('cannot ask the oracle: it has no input');
    const writing = (async () => {
      for (const each of cases) if (!stdin.write(`${JSON.stringify(each)}\n`)) await once(stdin, 'drain');
    })();
    const answers: Answer[] = [];
    for (const each of cases) {
      const line = await this.answers.next();
      if (line.done === true)
        throw new Error(
          `cannot ask the oracle: Python ended at ${each.template}; is ansible-core 2.14 installed?`,
        );
      answers.push(JSON.parse(line.value) as Answer);
    }
    await writing;
    return answers;
  }

  stop(): void {
    this.process.stdin?.end();
  }
}
