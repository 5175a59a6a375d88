import { plain } from '@tenon/jinja/text';
import { quote } from '../shell/quote.js';
import type { RemoteOutput } from '../transport/transport.js';
import { defineModule, done, failure, ModuleError, type Step } from './module.js';
import { QUIETLY } from './quietly.js';
import { INIT_SCRIPTS, STATES, SYSTEMD } from './service-script.js';

const NAME = /^[A-Za-z0-9@._:\\][A-Za-z0-9@._:\\-]*$/;

/** What a service should be. */
interface Wanted {
  readonly name: string;
  readonly state: string | undefined;
  readonly enabled: boolean | undefined;
  /** '' for none. */
  readonly pattern: string;
  readonly sleepSeconds: number | undefined;
  readonly words: readonly string[];
}

function enabledSteps(enabled: boolean | undefined): string {
  if (enabled === undefined) return '';
  return enabled
    ? `enabled || { enable enable || give_up enable; c=1; }; `
    : `if enabled; then enable disable || give_up disable; c=1; fi; `;
}

function script({ name, state, enabled, pattern, sleepSeconds, words }: Wanted): string {
  const more = words.map((word) => ` ${quote(word)}`).join('');
  return (
    `export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" LC_ALL=C; n=${quote(name)}; c=0; pattern=${quote(pattern)}; ` +
    `pause=${sleepSeconds ?? ''}; ${QUIETLY}give_up() { printf 'failed %s\\n' "$1"; said; exit 0; }; ` +
    `if [ -d /run/systemd/system ]; then ${SYSTEMD}else ${INIT_SCRIPTS.replace('$arguments', () => more)}fi; ` +
    `exists || { printf 'missing\\n'; exit 0; }; ` +
    enabledSteps(enabled) +
    (state === undefined ? '' : (STATES[state] ?? '')) +
    `printf 'done %s\\n' $c; status`
  );
}

/** systemd's `Name=value` lines. */
function properties(lines: readonly string[]): Record<string, string> {
  const pairs = lines.flatMap((line): [string, string][] => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
  });
  return Object.fromEntries(pairs);
}

function interpret(output: RemoteOutput, { name, state, enabled }: Wanted): Step {
  const [first = '', ...rest] = output.stdout.toString().split('\n');
  const [verb, what = 'change'] = first.split(' ');
  if (verb === 'missing') return failure(`Could not find the requested service ${name}: host`);
  if (verb !== 'done') {
    const why = rest.join('\n').trim() || output.stderr.toString().trim() || 'it said nothing';
    return failure(`cannot ${what} service ${name}: ${why}`);
  }
  return done({
    changed: what === '1',
    returns: {
      name,
      ...(state !== undefined && { state: state === 'stopped' ? 'stopped' : 'started' }),
      ...(enabled !== undefined && { enabled }),
      status: properties(rest),
    },
  });
}

export const service = defineModule({
  name: 'service',
  summary: 'Starts, stops and enables services: with systemd when it runs, else with init scripts.',
  options: {
    name: { type: 'str', required: true, help: 'The service.' },
    state: {
      type: 'str',
      choices: ['reloaded', 'restarted', 'started', 'stopped'],
      help: 'What it should do; restarted and reloaded always do it.',
    },
    enabled: { type: 'bool', help: 'Whether it starts at boot.' },
    pattern: {
      type: 'str',
      help: 'Part of a command line that shows that it runs, for init scripts without status.',
    },
    sleep: { type: 'int', help: 'In seconds, between stop and start of a restart.' },
    arguments: { type: 'str', aliases: ['args'], help: 'More words for the init script.' },
    runlevel: { type: 'str', default: 'default', help: 'Without effect.' },
    use: { type: 'str', default: 'auto', help: 'Without effect: systemd is used when it runs.' },
  },
  examples: `
- service:
    name: apache2
    state: started
    enabled: yes
`,
  returns: {
    name: 'The service.',
    state: 'started or stopped.',
    enabled: 'Whether it starts at boot.',
    status: "systemd's LoadState, ActiveState, SubState, UnitFileState.",
  },
  run(args) {
    const name = plain(args.name);
    if (!NAME.test(name)) throw new ModuleError(`${JSON.stringify(name)} is no name of a service`);
    if (args.state === undefined && args.enabled === undefined) {
      throw new ModuleError('service needs "state" or "enabled"');
    }
    const wanted: Wanted = {
      name,
      state: args.state === undefined ? undefined : plain(args.state),
      enabled: args.enabled,
      pattern: args.pattern === undefined ? '' : plain(args.pattern),
      sleepSeconds: args.sleep,
      words: args.arguments === undefined ? [] : plain(args.arguments).split(/\s+/).filter(Boolean),
    };
    return {
      plan: { script: script(wanted), isolated: true, interpret: (output) => interpret(output, wanted) },
    };
  },
});
