import { pause } from '../../run/pause.js';
import { secondsSince } from './elapsed.js';
import { defineModule, type Conversation, type ModuleContext } from '../module.js';
import { isOutOfReach } from '../system/out-of-reach.js';

const SECOND = 1000;

/** What is to be waited for, in seconds. */
interface Wait {
  readonly connect_timeout: number;
  readonly delay: number;
  readonly sleep: number;
  readonly timeout: number;
}

async function* waitForConnection(wait: Wait, { machine, signal }: ModuleContext): Conversation {
  const startedMs = Date.now();
  await pause(wait.delay * SECOND, signal);
  const endMs = Date.now() + wait.timeout * SECOND;
  for (;;) {
    let why: string;
    try {
      await machine.reconnect({ timeoutMs: wait.connect_timeout * SECOND });
      yield { script: ':' };
      return { changed: false, returns: { elapsed: secondsSince(startedMs) } };
    } catch (error) {
      if (!isOutOfReach(error, signal)) throw error;
      why = error.message;
    }
    if (Date.now() + wait.sleep * SECOND > endMs) {
      const msg = `timed out waiting for ping module test: ${why}`;
      return { changed: false, failed: true, msg, returns: { elapsed: secondsSince(startedMs) } };
    }
    await pause(wait.sleep * SECOND, signal);
  }
}

export const waitForConnectionModule = defineModule({
  name: 'wait_for_connection',
  summary: 'Waits until the machine can be reached and used.',
  options: {
    connect_timeout: { type: 'int', default: 5, help: 'In seconds, for one try.' },
    delay: { type: 'int', default: 0, help: 'In seconds, before the first try.' },
    sleep: { type: 'int', default: 1, help: 'In seconds, between two tries.' },
    timeout: { type: 'int', default: 600, help: 'In seconds, for all.' },
  },
  examples: `
- wait_for_connection:
    delay: 10
    timeout: 300
`,
  returns: { elapsed: 'How long it took, in seconds.' },
  run: (args, context) => waitForConnection(args, context),
});
