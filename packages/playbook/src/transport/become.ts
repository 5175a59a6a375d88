import { quote } from '../shell/quote.js';
import type { Become } from './transport.js';
import { wordsOf } from './words.js';

/** What Ansible 2.14 gives sudo: HOME of the new user, the password from stdin, no question without one. */
const SUDO_FLAGS = '-H -S -n';

/** How a shell starts as somebody else, and what the method says on the way. */
export interface Entrance {
  /** Shell text; ends in the new user's shell. */
  readonly command: string;
  /** True when nothing reads stdin before the shell does, so that the shell's program may be sent at once. */
  readonly silent: boolean;
  /** Matches the question for the password. */
  readonly prompt: RegExp;
  readonly refused: RegExp;
  readonly missing: RegExp;
}

const NEVER = /(?!)/;

/** The kernel's own folder is root's; unlike `id` that takes no process. */
const IS_ROOT = '[ -O /proc ]';

/** Two endings with one check each: nothing to do for that very user, and root without sudo (util-linux). */
function shortcuts(user: string, shell: string, instead: boolean): string {
  const is = user === 'root' ? IS_ROOT : `[ "$(id -un)" = ${user} ]`;
  const same = `${is} && exec ${shell}; `;
  if (!instead) return same;
  return `${same}${IS_ROOT} && ! command -v sudo >/dev/null && exec runuser -u ${user} -- ${shell}; `;
}

/** With a password it may be asked for, so "never ask" goes, also out of `-Sn`. */
function mayAsk(flags: readonly string[]): string[] {
  return flags
    .filter((flag) => flag !== '-n' && flag !== '--non-interactive')
    .map((flag) => (/^-\w/.test(flag) ? flag.replace('n', '') : flag));
}

function sudo(become: Become, shell: string, prompt: string): Entrance {
  const user = quote(become.user);
  const written = wordsOf(become.flags ?? SUDO_FLAGS);
  const flags = become.password === undefined ? written : mayAsk(written);
  const silent = flags.some((flag) => flag === '--non-interactive' || /^-\w*n/.test(flag));
  const words = [...wordsOf(become.exe ?? 'sudo'), ...flags, '-S', '-p', prompt, '-u', become.user, '--'];
  return {
    command: `${shortcuts(user, shell, become.exe === undefined)}exec ${words.map(quote).join(' ')} ${shell}`,
    silent,
    prompt: new RegExp(prompt),
    refused: /Sorry, try again\.|incorrect password attempt/,
    missing: /a password is required/,
  };
}

/**
 * `su` of util-linux reads the password from stdin when that is no terminal, so it needs no pty either (measured over
 * ssh2). It chooses its question by the locale.
 */
function su(become: Become, shell: string): Entrance {
  const words = [...wordsOf(become.exe ?? 'su'), ...wordsOf(become.flags ?? ''), become.user, '-c'];
  const inner = quote(`unset LC_ALL; exec ${shell}`);
  return {
    command: `${shortcuts(quote(become.user), shell, false)}LC_ALL=C exec ${words.map(quote).join(' ')} ${inner}`,
    silent: false,
    prompt: /^.*password: ?$/im,
    refused: /Authentication failure/,
    missing: NEVER,
  };
}

/** `prompt` is a random word that sudo asks with, so that nothing else can be taken for its question. */
export function entranceOf(become: Become | undefined, shell: string, prompt: string): Entrance {
  if (become === undefined)
    return { command: `exec ${shell}`, silent: true, prompt: NEVER, refused: NEVER, missing: NEVER };
  return become.method === 'su' ? su(become, shell) : sudo(become, shell, prompt);
}
