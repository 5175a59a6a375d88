import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { expandingWord, pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { GitArguments } from './git-options.js';
import { ModuleError } from '../module.js';

/** A name of a branch, tag, commit or remote; never an option. Tenant data must be a plain one. Throws ModuleError. */
export function refWord(ref: Str, what: string): string {
  const text = plain(ref);
  const plainName = /^\w[\w./-]*$/.test(text) && !text.includes('..');
  if (text === '' || text.startsWith('-') || (hasTaint(ref) && !plainName))
    throw new ModuleError(`${what} cannot be ${JSON.stringify(text)}`);
  return quote(text);
}

/**
 * Where a repository comes from. A path becomes a URL, because git borrows from a path instead of fetching. Tenant data must be
 * a URL of the network: `ext::` would be a command, and a path a folder of the machine.
 */
export function repoWord(repo: Str): string {
  const text = plain(repo);
  if (text === '' || text.startsWith('-') || /[\n\r\0]/.test(text))
    throw new ModuleError(`repo cannot be ${JSON.stringify(text)}`);
  if (hasTaint(repo) && !/^(?:https?|git|ssh):\/\/[^-]/.test(text))
    throw new ModuleError(
      'refused: tenant data in repo must be a URL that begins with https:, http:, git: or ssh:',
    );
  if (text.startsWith('~')) return `file://${expandingWord(repo)}`;
  return quote(text.startsWith('/') ? `file://${text}` : text);
}

/** Text that tells git how to call ssh; never asks. The key's path is quoted once more, because git gives the line to a shell. */
export function sshEnvironment(args: GitArguments): string {
  const { ssh_opts: more, key_file: key } = args;
  if (more !== undefined && hasTaint(more))
    throw new ModuleError('refused: tenant data would be options of ssh');
  const own = more === undefined ? '' : ` ${plain(more)}`;
  const policy =
    own.includes('StrictHostKeyChecking=') || !(args.accept_hostkey || args.accept_newhostkey)
      ? ''
      : ` -o StrictHostKeyChecking=${args.accept_hostkey ? 'no' : 'accept-new'}`;
  const identity =
    key === undefined
      ? ''
      : `k=${pathWord(key, 'key_file')}; k=$(printf '%s' "$k" | sed "s/'/'\\\\\\\\''/g"); GIT_SSH_COMMAND="$GIT_SSH_COMMAND -i '$k' -o IdentitiesOnly=yes"; `;
  return (
    `export GIT_TERMINAL_PROMPT=0 GIT_SSH_COMMAND="\${GIT_SSH:-\${GIT_SSH_COMMAND:-ssh}}"${quote(`${own}${policy} -o BatchMode=yes`)}; ` +
    identity
  );
}

/** Text for the umask; Ansible takes it as a text of octal digits only. */
export function umaskStep({ umask }: GitArguments): string {
  if (umask === undefined || umask === null) return '';
  if (typeof umask === 'number') throw new ModuleError('umask must be defined as a quoted octal integer');
  const text = plain(pyStr(umask));
  if (!/^[0-7]{1,4}$/.test(text)) throw new ModuleError('umask must be an octal integer');
  return `umask ${text}; `;
}
