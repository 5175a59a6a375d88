import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { done, ModuleError, type Step } from '../module.js';
import { QUIETLY } from '../quietly.js';
import { END, FIELDS, readFields } from '../script-fields.js';
import { INIT_SCRIPT_VERBS, SYSTEMD_VERBS } from './service-verbs.js';

const NAME = /^[A-Za-z0-9@._:\\][A-Za-z0-9@._:\\-]*$/;

/** What a service should be. */
export interface ServiceWork {
  /** Undefined: nothing but systemd itself is meant. */
  readonly name: string | undefined;
  readonly state: string | undefined;
  readonly enabled: boolean | undefined;
  readonly masked?: boolean | undefined;
  readonly checkMode: boolean;
  /** Whose verbs are used; `auto`: systemd's where it runs. */
  readonly manager: 'auto' | 'systemd' | 'init';
  /** systemctl with flags. */
  readonly systemctl?: string;
  /** systemctl's own verbs, before anything is looked at. */
  readonly first?: readonly string[];
  /** For init scripts: part of a command line that shows that it runs; '' for none. */
  readonly pattern?: string;
  readonly sleepSeconds?: number | undefined;
  /** For init scripts: more words. */
  readonly words?: readonly string[];
}

/** The name of a unit or an init script. Throws ModuleError for what cannot be one. */
export function serviceName(name: Str): string {
  const text = plain(name);
  const [glob] = /[*?[]/.exec(text) ?? [];
  if (glob !== undefined) {
    throw new ModuleError(
      `This module does not currently support using glob patterns, found '${glob}' in service name: ${text}`,
    );
  }
  if (!NAME.test(text)) throw new ModuleError(`${JSON.stringify(text)} is no name of a service`);
  return text;
}

/** What each state does. */
const STATES: Readonly<Record<string, string>> = {
  started: `running || do_it start; `,
  stopped: `if running || stopping; then do_it stop; fi; `,
  restarted: `if [ -n "$pause" ] && running; then do_it stop; [ -n "$check" ] || sleep "$pause"; do_it start; else do_it restart; fi; `,
  reloaded: `if running; then do_it reload; else do_it start; fi; `,
};

function steps({ state, enabled, masked }: ServiceWork): string {
  const needed = `exists || fail "Could not find the requested service $n: host"; `;
  return [
    ...(masked === undefined
      ? []
      : [masked ? `masked || do_it mask; ` : `if masked; then do_it unmask; look; fi; `]),
    ...(enabled === undefined && state === undefined ? [] : [needed]),
    ...(enabled === undefined
      ? []
      : [enabled ? `enabled || do_it enable; ` : `if enabled; then do_it disable; fi; `]),
    STATES[state ?? ''] ?? '',
  ].join('');
}

function verbs({ manager }: ServiceWork): string {
  if (manager === 'init') return INIT_SCRIPT_VERBS;
  if (manager === 'systemd') return SYSTEMD_VERBS;
  return `if [ -d /run/systemd/system ]; then ${SYSTEMD_VERBS}else ${INIT_SCRIPT_VERBS}fi; `;
}

/** One script that looks and acts. `do_it VERB` tells the service to, or in check mode only says that it would. */
export function serviceScript(work: ServiceWork): string {
  const { name = '', checkMode, systemctl = 'systemctl', first = [], pattern = '', sleepSeconds } = work;
  const words = (work.words ?? []).map((word) => ` ${quote(word)}`).join('');
  const before = first.map(
    (verb) => `quietly $ctl ${verb} || fail "failure $? during ${verb}: $(complained)"; `,
  );
  return (
    `${FIELDS}N='\n'; ctl=${quote(systemctl)}; n=${quote(name)}; pattern=${quote(pattern)}; words=${quote(words)}; ` +
    `pause=${sleepSeconds ?? ''}; check=${checkMode ? '1' : ''}; ${QUIETLY}${verbs(work)}` +
    `do_it() { changes=1; [ -n "$check" ] || tell "$1" || fail "Unable to $1 service $n: $(printed)$(complained)"; }; ` +
    (checkMode ? '' : before.join('')) +
    (name === '' ? '' : `look; before=$props; ${steps(work)}props=$before; show; `) +
    END
  );
}

/** systemd's `Name=value` lines; a line that has no name belongs to the value before it. */
export function readProperties(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  let last: string | undefined;
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^([A-Z]\w*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) properties[(last = name)] = value.trim();
    else if (last !== undefined && line !== '') properties[last] = `${properties[last] ?? ''}\n${line}`;
  }
  return properties;
}

/** The result of serviceScript. Throws ModuleError when the service cannot be found or does not do what it is told. */
export function serviceResult(output: RemoteOutput, { name, state, enabled }: ServiceWork): Step {
  const fields = readFields(output, `manage the service ${name ?? 'manager'}`);
  return done({
    changed: fields.get('changed') === '1',
    returns: {
      name: name ?? null,
      ...(state !== undefined && { state: state === 'stopped' ? 'stopped' : 'started' }),
      ...(enabled !== undefined && { enabled }),
      status: readProperties(fields.get('status') ?? ''),
    },
  });
}
