import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { pause } from '../../run/pause.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { secondsSince } from '../waiting/elapsed.js';
import {
  defineModule,
  ModuleError,
  type Conversation,
  type MachineRequest,
  type ModuleContext,
  type ModuleResult,
} from '../module.js';
import type { Arguments } from '../options.js';
import { isOutOfReach } from './out-of-reach.js';

const SECOND = 1000;
const DEFAULT_CONNECT_TIMEOUT = 10;
const LONGEST_WAIT_MS = 12 * SECOND;

const options = {
  boot_time_command: {
    type: 'str',
    default: 'cat /proc/sys/kernel/random/boot_id',
    help: 'Prints something else after every boot.',
  },
  connect_timeout: { type: 'int', help: 'In seconds, for one try to reach the machine again.' },
  msg: { type: 'str', default: 'Reboot initiated by Ansible', help: 'For those who are logged in.' },
  post_reboot_delay: { type: 'int', default: 0, help: 'In seconds, before the machine is looked for.' },
  pre_reboot_delay: { type: 'int', default: 0, help: 'In seconds, that others have; whole minutes count.' },
  reboot_command: { type: 'str', help: 'Instead of shutdown -r.' },
  reboot_timeout: { type: 'int', default: 600, help: 'In seconds, until the machine must be back.' },
  search_paths: {
    type: 'list',
    default: ['/sbin', '/bin', '/usr/sbin', '/usr/bin', '/usr/local/sbin'],
    help: 'Folders in which shutdown is looked for.',
  },
  test_command: { type: 'str', default: 'whoami', help: 'Must succeed before the machine counts as back.' },
} as const;

type RebootArguments = Arguments<typeof options>;

/** A command of the playbook. Throws ModuleError when tenant data has a part in it. */
function command(text: Str, option: string): string {
  if (hasTaint(text)) throw new ModuleError(`refused: tenant data would be a part of ${option}`);
  return plain(text);
}

/** Text that starts the reboot; `+0` is now. */
function rebootScript(args: RebootArguments): string {
  const folders = args.search_paths.map((folder) => quote(plain(folder))).join(':');
  if (args.reboot_command !== undefined)
    return `PATH=${folders}:$PATH; ${command(args.reboot_command, 'reboot_command')}`;
  const minutes = Math.floor(Math.max(0, args.pre_reboot_delay) / 60);
  return (
    `PATH=${folders}; command -v shutdown >/dev/null || { printf 'Unable to find command "shutdown" in search paths: %s' "$PATH" >&2; exit 127; }; ` +
    `shutdown -r +${minutes} ${quote(plain(args.msg))}`
  );
}

const textOf = ({ stdout, stderr }: RemoteOutput) =>
  `${stdout.toString().trim()}, ${stderr.toString().trim()}`;

/** Asks again and again, with ever longer waits in between, until the answer is right; a lost machine is asked anew. */
async function* askUntil(
  request: MachineRequest,
  isRight: (output: RemoteOutput) => boolean,
  { context, endMs, connectTimeoutMs }: { context: ModuleContext; endMs: number; connectTimeoutMs: number },
): AsyncGenerator<MachineRequest, boolean, RemoteOutput> {
  for (let wait = SECOND; Date.now() < endMs; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      await context.machine.reconnect({ timeoutMs: connectTimeoutMs });
      if (isRight(yield request)) return true;
    } catch (error) {
      if (!isOutOfReach(error, context.signal)) throw error;
    }
    await pause(Math.min(wait, Math.max(0, endMs - Date.now())), context.signal);
  }
  return false;
}

function outcome(startedMs: number, failed?: string): ModuleResult {
  const returns = { rebooted: failed === undefined, elapsed: secondsSince(startedMs) };
  return failed === undefined
    ? { changed: true, returns }
    : { changed: true, failed: true, msg: failed, returns };
}

async function* reboot(args: RebootArguments, context: ModuleContext): Conversation {
  const startedMs = Date.now();
  if (context.checkMode) return { changed: true, returns: { rebooted: true, elapsed: 0 } };
  const bootTime = { script: command(args.boot_time_command, 'boot_time_command'), isolated: true };
  const test = { script: command(args.test_command, 'test_command'), isolated: true };
  const script = rebootScript(args);
  const before = yield bootTime;
  if (before.rc !== 0) {
    const msg = `cannot tell when the machine was started: ${textOf(before)}; look at boot_time_command`;
    return { changed: false, failed: true, msg, returns: { rebooted: false, elapsed: 0 } };
  }
  try {
    const told = yield { script, isolated: true };
    if (told.rc !== 0) {
      const msg = `Reboot command failed. Error was: '${textOf(told)}'`;
      return {
        changed: false,
        failed: true,
        msg,
        returns: { rebooted: false, elapsed: secondsSince(startedMs) },
      };
    }
  } catch (error) {
    // The machine may go before it answers.
    if (!isOutOfReach(error, context.signal)) throw error;
  }
  await pause(Math.max(0, args.post_reboot_delay) * SECOND, context.signal);
  const limits = {
    context,
    endMs: Date.now() + args.reboot_timeout * SECOND,
    connectTimeoutMs: (args.connect_timeout ?? DEFAULT_CONNECT_TIMEOUT) * SECOND,
  };
  const isNew = (output: RemoteOutput) => output.rc === 0 && !output.stdout.equals(before.stdout);
  const timeout = `(timeout=${args.reboot_timeout})`;
  if (!(yield* askUntil(bootTime, isNew, limits)))
    return outcome(startedMs, `Timed out waiting for last boot time check ${timeout}`);
  if (!(yield* askUntil(test, ({ rc }) => rc === 0, limits)))
    return outcome(startedMs, `Timed out waiting for post-reboot test command ${timeout}`);
  return outcome(startedMs);
}

export const rebootModule = defineModule({
  name: 'reboot',
  summary: 'Restarts the machine and waits until it is back.',
  checkMode: 'supported',
  options,
  examples: `
- reboot:
    reboot_timeout: 300
`,
  returns: { rebooted: 'Whether it was.', elapsed: 'How long it took, in seconds.' },
  run: (args, context) => reboot(args, context),
});
