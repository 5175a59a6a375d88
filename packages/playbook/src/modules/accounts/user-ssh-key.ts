import { plain } from '@tenon/jinja/text';
import { expandingWord, refuseEscape } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { ModuleError } from '../module.js';
import type { UserArguments } from './user-options.js';

function keyFile(args: UserArguments, type: string): string {
  if (args.ssh_key_file === undefined) return quote(`.ssh/id_${type}`);
  refuseEscape(args.ssh_key_file, 'ssh_key_file');
  return expandingWord(args.ssh_key_file);
}

/** Without a terminal ssh-keygen reads both answers from stdin, so that the passphrase is in no process list. */
function generate(args: UserArguments, type: string): string {
  const bits = args.ssh_key_bits === undefined || args.ssh_key_bits <= 0 ? '' : ` -b ${args.ssh_key_bits}`;
  const comment =
    args.ssh_key_comment === undefined
      ? `"ansible-generated on $(hostname)"`
      : quote(plain(args.ssh_key_comment));
  const command = `ssh-keygen -q -t ${quote(type)}${bits} -C ${comment} -f "$k"`;
  if (args.ssh_key_passphrase === undefined) return `said=$(${command} -N '' 2>&1 </dev/null)`;
  const answer = quote(plain(args.ssh_key_passphrase));
  return `said=$(printf '%s\\n%s\\n' ${answer} ${answer} | setsid -w ${command} 2>&1)`;
}

/** A key that is there stays, with Ansible's warning, unless force is given. */
function found(file: string, kind: 'private' | 'public', force: boolean): string {
  const what = `existing ssh key ${kind} file \\"${file}\\"`;
  const warning = force
    ? `Overwriting ${what}`
    : `Found ${what}, no force, so skipping ssh-keygen generation`;
  return `[ -z "$make" ] || [ ! -e "${file}" ] || { say 'warning ${kind}' "${warning}"; ${force ? '' : 'make=; '}}; `;
}

/**
 * Text that makes the key pair `$k` of the user in `$u`, `$g`, `$h` and says what Ansible returns: an old key stays unless
 * force is given. Throws ModuleError for a kind that could be an option.
 */
export function sshKeySteps(args: UserArguments, checkMode: boolean): string {
  if (!args.generate_ssh_key) return '';
  const type = plain(args.ssh_key_type);
  if (!/^[a-z0-9][\w@.-]*$/.test(type)) throw new ModuleError(`${JSON.stringify(type)} is no type of a key`);
  const make = checkMode
    ? ''
    : `{ [ -d "$folder" ] || { mkdir -m 700 -- "$folder" && chown "$u:$g" -- "$folder"; }; } || fail "cannot make $folder"; ` +
      `rm -f -- "$k" "$k.pub"; ${generate(args, type)} || fail "$said"; chown "$u:$g" -- "$k" "$k.pub"; `;
  return (
    `k=${keyFile(args, type)}; case $k in /*) ;; *) k=$h/$k ;; esac; folder=\${k%/*}; make=1; ` +
    found('$k', 'private', args.force) +
    found('$k.pub', 'public', args.force) +
    `[ -z "$make" ] || { changes=1; ${make}}; ` +
    `say ssh_key_file "$k"; if [ -e "$k.pub" ]; then say ssh_public_key "$(cat -- "$k.pub")"; ` +
    `say ssh_fingerprint "$(ssh-keygen -l -f "$k.pub" 2>&1)"; else say ssh_fingerprint "SSH Key file $k does not exist"; fi; `
  );
}
