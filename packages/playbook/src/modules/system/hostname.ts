import { plain } from '@tenon/jinja/text';
import { fromJs, markUnsafe } from '@tenon/jinja/values';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { defineModule, done, ModuleError, type ModuleContext, type Step } from '../module.js';
import { END, FIELDS, readFields, TRY } from '../script-fields.js';

const STRATEGIES = [
  ...['alpine', 'debian', 'freebsd', 'generic', 'macos', 'macosx', 'darwin', 'openbsd', 'openrc', 'redhat'],
  ...['sles', 'solaris', 'systemd'],
] as const;

/**
 * With systemd hostnamectl sets the name that runs and the one that stays. Without, Ansible writes /etc/hostname only and the
 * name that runs stays until the next boot; so do we.
 */
const SYSTEMD =
  `running=$(hostnamectl --transient status) || running=; ` +
  `static=$(hostnamectl --static status) || static=; [ -n "$running" ] || running=$(hostname); `;
const FILE = `static=; [ ! -r /etc/hostname ] || read -r static </etc/hostname; running=$static; `;

const SET_SYSTEMD =
  `[ "$static" = "$n" ] || try hostnamectl --static --pretty set-hostname "$n" || fail "$said"; ` +
  `[ "$running" = "$n" ] || try hostnamectl --transient set-hostname "$n" || fail "$said"; `;
const SET_FILE =
  `t=$(mktemp /etc/.tenon.XXXXXXXXXX 2>&1) || fail "failed to update hostname: $t"; trap 'rm -f -- "$t"' EXIT; ` +
  `printf '%s\\n' "$n" >"$t" && chmod 644 -- "$t" && mv -fT -- "$t" /etc/hostname || fail 'failed to update hostname'; `;

function script(name: string, use: string | undefined, checkMode: boolean): string {
  const systemd =
    use === undefined
      ? '[ -d /run/systemd/system ] && command -v hostnamectl >/dev/null'
      : String(use === 'systemd' || use === 'debian');
  const unlessChecking = (text: string) => (checkMode ? '' : text);
  return (
    `${FIELDS}${TRY}n=${quote(name)}; if ${systemd}; then systemd=1; ${SYSTEMD}else systemd=; ${FILE}fi; ` +
    `before=$running; [ "$running" != "$n" ] || before=$static; say before "$before"; ` +
    `if [ "$running" != "$n" ] || [ "$static" != "$n" ]; then changes=1; ` +
    unlessChecking(`if [ -n "$systemd" ]; then ${SET_SYSTEMD}else ${SET_FILE}fi; `) +
    `fi; say fqdn "$(hostname -f 2>/dev/null || hostname)"; ${END}`
  );
}

function interpret(output: RemoteOutput, name: string, diffMode: boolean): Step {
  const fields = readFields(output, `change the host name to ${name}`);
  const changed = fields.get('changed') === '1';
  const fqdn = fields.get('fqdn') ?? '';
  const facts = {
    ansible_hostname: name.split('.')[0],
    ansible_nodename: name,
    ansible_fqdn: fqdn,
    ansible_domain: fqdn.split('.').slice(1).join('.'),
  };
  const line = (value: string) => `hostname = ${value}\n`;
  return done({
    changed,
    gathered: new Map(Object.entries(facts).map(([key, value]) => [key, markUnsafe(fromJs(value))])),
    returns: { name, ansible_facts: facts },
    ...(changed && diffMode && { diff: { before: line(fields.get('before') ?? ''), after: line(name) } }),
  });
}

export const hostname = defineModule({
  name: 'hostname',
  summary: "Sets the machine's name.",
  checkMode: 'supported',
  options: {
    name: { type: 'str', required: true, help: 'The name.' },
    use: {
      type: 'str',
      choices: STRATEGIES,
      help: 'systemd: hostnamectl; generic: /etc/hostname. Default: what the machine has.',
    },
  },
  examples: `
- hostname:
    name: web01
`,
  returns: { name: 'The name.', ansible_facts: 'hostname, nodename, fqdn, domain.' },
  run(args, { checkMode, diffMode }: ModuleContext) {
    const name = plain(args.name);
    const use = args.use === undefined ? undefined : plain(args.use);
    if (!/^[\w.-]{1,64}$/.test(name) || name.startsWith('-'))
      throw new ModuleError(
        `name cannot be ${JSON.stringify(name)}: it takes letters, digits, "." and "-", at most 64`,
      );
    return {
      plan: {
        script: script(name, use, checkMode),
        interpret: (output) => interpret(output, name, diffMode),
      },
    };
  },
});
