import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { done, lookFirst, ModuleError, NEXT, type Step } from '../module.js';
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

/** Whether a script may only look, and ends with NEXT where there is something to do, or does it. */
type Part = 'look' | 'act';

/** An init script is asked by running it, which is no mere look. */
function verbs({ manager }: ServiceWork, part: Part): string {
  const initScript = part === 'look' ? `exit ${NEXT}; ` : INIT_SCRIPT_VERBS;
  if (manager === 'init') return initScript;
  if (manager === 'systemd') return SYSTEMD_VERBS;
  return `if [ -d /run/systemd/system ]; then ${SYSTEMD_VERBS}else ${initScript}fi; `;
}

/** `do_it VERB` tells the service to, or in check mode only says that it would. */
function doIt({ checkMode }: ServiceWork, part: Part): string {
  if (checkMode) return `do_it() { changes=1; }; `;
  if (part === 'look') return `do_it() { exit ${NEXT}; }; `;
  return `do_it() { changes=1; tell "$1" || fail "Unable to $1 service $n: $(printed)$(complained)"; }; `;
}

function serviceScript(work: ServiceWork, part: Part): string {
  const { name = '', checkMode, systemctl = 'systemctl', first = [], pattern = '', sleepSeconds } = work;
  const words = (work.words ?? []).map((word) => ` ${quote(word)}`).join('');
  const before = first.map(
    (verb) => `quietly $ctl ${verb} || fail "failure $? during ${verb}: $(complained)"; `,
  );
  return (
    `${FIELDS}N='\n'; ctl=${quote(systemctl)}; n=${quote(name)}; pattern=${quote(pattern)}; words=${quote(words)}; ` +
    `pause=${sleepSeconds ?? ''}; check=${checkMode ? '1' : ''}; ${QUIETLY}${verbs(work, part)}${doIt(work, part)}` +
    (checkMode ? '' : before.join('')) +
    (name === '' ? '' : `look; before=$props; ${steps(work)}props=$before; show; `) +
    END
  );
}

/** Whether something is done whatever the service is: then there is no use in looking first. */
function alwaysActs({ manager, state, first = [], checkMode }: ServiceWork): boolean {
  if (manager === 'init') return true;
  return !checkMode && (first.length > 0 || state === 'restarted' || state === 'reloaded');
}

/**
 * Looks first, in a plain script that can travel with those of other tasks, and acts only where something is not as it should
 * be. `before` is script text in front of both.
 */
export function servicePlan(work: ServiceWork, before = ''): Step {
  const interpret = (output: RemoteOutput) => serviceResult(output, work);
  const act = { script: before + serviceScript(work, 'act'), isolated: true, interpret };
  return alwaysActs(work) ? { plan: act } : lookFirst(before + serviceScript(work, 'look'), act);
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

/** The result of a script that did its work. Throws ModuleError when the service cannot be found or does not do what it is told. */
function serviceResult(output: RemoteOutput, { name, state, enabled }: ServiceWork): Step {
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
