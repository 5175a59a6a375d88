import { fromJs, markUnsafe } from '@tenon/jinja/values';
import { defineModule, done } from '../module.js';
import { END, FIELDS, readFields } from '../script-fields.js';

interface ServiceFact {
  readonly name: string;
  readonly state: string;
  readonly status?: string;
  readonly source: 'sysv' | 'systemd';
}

/**
 * Init scripts, units that systemd has loaded, units there are files of, and the states of those that are not loaded: asked for at
 * once, because a call for each would take seconds.
 */
const SCRIPT =
  `${FIELDS}if command -v service >/dev/null; then say sysv "$(service --status-all 2>/dev/null)"; fi; ` +
  `case $(cat /proc/1/comm 2>/dev/null) in *systemd*) ` +
  `units=$(systemctl list-units --no-pager --no-legend --plain --type service --all); files=$(systemctl list-unit-files --no-pager --no-legend --type service --all); ` +
  `say units "$units"; say files "$files"; set -f; N='\n'; set --; IFS=$N; for l in $files; do u=\${l%% *}; case $u,"$N$units" in *@.service,* | *"$N$u "*) ;; *) set -- "$@" "$u" ;; esac; done; unset IFS; ` +
  `say asked "$*"; [ $# = 0 ] || say states "$(systemctl show -p ActiveState -- "$@")" ;; esac; ${END}`;

const BAD_STATES = new Set(['not-found', 'masked', 'failed']);

const rows = (text = '') =>
  text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');

function initScripts(text = ''): ServiceFact[] {
  return [...text.matchAll(/^\s*\[ ([+-]) \]\s+(.+)$/gm)].map(([, sign, name = '']) => ({
    name,
    state: sign === '+' ? 'running' : 'stopped',
    source: 'sysv',
  }));
}

/** A bad state of loading or running is the status, else what is said of the unit's file. */
function loadedUnits(text: string | undefined, statuses: ReadonlyMap<string, string>): ServiceFact[] {
  return rows(text).map(([name = '', load = '', active = '', sub = '']) => {
    const bad = [load, active, sub].find((word) => BAD_STATES.has(word));
    return {
      name,
      state: sub === 'running' ? 'running' : 'stopped',
      status: bad ?? statuses.get(name) ?? active,
      source: 'systemd',
    };
  });
}

/** What systemctl show has said of each unit that it was asked about; a template has no state. */
function activeStates(asked = '', states = ''): Map<string, string> {
  const found = states.match(/(?<=^ActiveState=).*$/gm) ?? [];
  return new Map(asked.split(' ').map((name, index) => [name, found[index] ?? 'unknown']));
}

/** All services by name, as the script has printed them. */
export function readServices(fields: ReadonlyMap<string, string>): Record<string, ServiceFact> {
  const statuses = new Map(rows(fields.get('files')).map(([name = '', status = '']) => [name, status]));
  const loaded = loadedUnits(fields.get('units'), statuses);
  const known = new Set(loaded.map(({ name }) => name));
  const states = activeStates(fields.get('asked'), fields.get('states'));
  const others = [...statuses].filter(([name]) => !known.has(name));
  const fromFiles = others.map(([name, status]): ServiceFact => ({
    ...{ name, state: states.get(name) ?? 'unknown', status, source: 'systemd' },
  }));
  const all = [...initScripts(fields.get('sysv')), ...loaded, ...fromFiles];
  return Object.fromEntries(all.map((service) => [service.name, service]));
}

export const serviceFacts = defineModule({
  name: 'service_facts',
  summary: 'Gathers the services of init scripts and of systemd, as the variable services.',
  checkMode: 'supported',
  options: {},
  examples: `
- service_facts:
- debug:
    msg: "{{ services['ssh.service'].state }}"
`,
  returns: { ansible_facts: 'services: by name the name, state, status and source of each.' },
  run: () => ({
    plan: {
      script: SCRIPT,
      // Init scripts are asked for their status.
      isolated: true,
      interpret(output) {
        const services = readServices(readFields(output, 'list the services'));
        if (Object.keys(services).length === 0) {
          const msg =
            'Failed to find any services. This can be due to privileges or some other configuration issue.';
          return done({ changed: false, skipped: true, msg });
        }
        const gathered = new Map([['services', markUnsafe(fromJs(services))]]);
        return done({ changed: false, gathered, returns: { ansible_facts: { services } } });
      },
    },
  }),
});
