import { isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { readHostAddress } from '../../inventory/host-address.js';
import { defineModule, done, failure } from '../module.js';
import type { RawArguments } from '../read-arguments.js';

const NAMES = ['name', 'hostname', 'host'];
const GROUPS = ['groups', 'groupname', 'group'];

function groupsOf(raw: RawArguments): string[] {
  const written = GROUPS.map((key) => raw.get(key)).find((value) => value !== undefined && value !== null);
  if (written === undefined) return [];
  const items = Array.isArray(written) ? written : [written];
  return items
    .flatMap((item) => plain(pyStr(item ?? '')).split(','))
    .map((group) => group.trim())
    .filter((group) => group !== '');
}

function nameOf(raw: RawArguments): string {
  const written = NAMES.map((key) => raw.get(key)).find((value) => value !== undefined && value !== null);
  return written === undefined ? '' : plain(pyStr(written)).trim();
}

export const addHost = defineModule({
  name: 'add_host',
  summary: 'Adds a host to the inventory of the run; other options are variables of the host.',
  checkMode: 'supported',
  options: {
    name: { type: 'str', required: true, aliases: ['host', 'hostname'], help: 'The host, or host:port.' },
    groups: { type: 'list', aliases: ['group', 'groupname'], help: 'The groups it is in.' },
  },
  open: true,
  examples: `
- add_host:
    name: "{{ new_address }}"
    groups: [web]
    ansible_user: admin
`,
  returns: { add_host: 'The name, the groups and the variables.' },
  run(_args, _context, raw) {
    const written = nameOf(raw);
    if (written === '') return failure('name, host or hostname needs to be provided');
    const { host, port } = readHostAddress(written) ?? { host: written, port: undefined };
    const groups = groupsOf(raw);
    const others = [...raw].filter(([key]) => !NAMES.includes(key) && !GROUPS.includes(key));
    const vars = new Map<string, Value>([
      ...(port === undefined ? [] : ([['ansible_ssh_port', port]] as const)),
      ...others,
    ]);
    const returns = { add_host: { host_name: host, groups, host_vars: vars } };
    return done({ changed: true, addedHost: { name: host, groups, vars }, returns });
  },
});

/** Names of groups with what is no letter as "-" (Ansible 2.14: blanks only). */
export function groupName(value: Value): string {
  return (isStr(value) ? plain(value) : plain(pyStr(value))).replaceAll(' ', '-');
}
