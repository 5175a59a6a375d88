import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { accountName } from './account-name.js';
import {
  editKeys,
  keyLine,
  parseKey,
  splitOptions,
  type AuthorizedKey,
  type KeyWishes,
} from './authorized-keys.js';
import {
  defineModule,
  done,
  ModuleError,
  NEXT,
  type Diff,
  type MachineRequest,
  type ModuleContext,
  type Plan,
} from '../module.js';
import { splitLines } from '../commands/output-text.js';
import type { Arguments } from '../options.js';
import { READ_TEXT, rewriteText, SAY_TEXT } from '../files/rewrite-text.js';
import { END, FIELDS, MORE, readFields } from '../script-fields.js';

const options = {
  user: { type: 'str', required: true, help: 'Who is let in.' },
  key: { type: 'str', required: true, help: 'The public keys, one a line, or a URL that gives them.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], help: 'Whether they are there.' },
  key_options: { type: 'str', help: 'What stands before each key: no-pty,command="x".' },
  comment: { type: 'str', help: 'What stands behind each key, instead of its own comment.' },
  exclusive: { type: 'bool', default: false, help: 'Remove every other key.' },
  path: { type: 'path', help: 'The file. Default: .ssh/authorized_keys in the home folder.' },
  manage_dir: {
    type: 'bool',
    default: true,
    help: 'Make the folder of the file, and give it to the user alone.',
  },
  follow: { type: 'bool', default: false, help: 'Write to what a link points to.' },
  validate_certs: { type: 'bool', default: true, help: 'Check the certificate behind a URL.' },
} as const;

type KeyArguments = Arguments<typeof options>;

function readKeys(text: string, { key_options: opts, comment }: KeyArguments): AuthorizedKey[] {
  return splitLines(text)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const key = parseKey(line);
      if (key === undefined) throw new ModuleError(`invalid key specified: ${line}`);
      return {
        ...key,
        ...(opts !== undefined && { options: splitOptions(oneLine(opts, 'key_options')) }),
        ...(comment !== undefined && { comment: oneLine(comment, 'comment') }),
      };
    });
}

function oneLine(text: Str, what: string): string {
  const shown = plain(text);
  if (/[\r\n\0]/.test(shown)) throw new ModuleError(`${what} cannot have a line end in it`);
  return shown;
}

/** Text that leaves the file in `$d`, its folder in `$p` and the user's numbers in `$u` and `$g`. */
function locate({ user, path, follow }: KeyArguments, checkMode: boolean): string {
  const name = quote(accountName(user, 'user'));
  const missing =
    checkMode && path === undefined
      ? 'fail "Either user must exist or you must provide full path to key file in check mode"'
      : checkMode
        ? ':'
        : `fail "Failed to lookup user $n: user not found"`;
  const file = path === undefined ? '"$h/.ssh/authorized_keys"' : pathWord(path, 'path');
  return (
    `n=${name}; e=$(getent passwd "$n"); case $e in "$n":*) ;; *) ${missing} ;; esac; IFS=: read -r l l u g l h l <<E_N_D\n$e\nE_N_D\n` +
    `d=${file}; p=\${d%/*}; ${follow ? `[ ! -L "$d" ] || d=$(readlink -f -- "$d"); ` : ''}say keyfile "$d"; `
  );
}

/** Text for a test whether the file needs no change; it may say no where editKeys finds none. */
function settled({ keys, present, exclusive }: KeyWishes): string {
  const some = (key: AuthorizedKey) => `case $text in *${quote(key.blob)}*) false ;; esac`;
  if (!present) return keys.map(some).join(' && ') || ':';
  const lines = keys.map((key) => quote(keyLine(key)));
  if (exclusive) return `[ "$text" = ${quote(keys.map((key) => `${keyLine(key)}\n`).join(''))} ]`;
  return (
    keys
      .map((key, index) => {
        const blob = quote(key.blob);
        const line = lines[index] ?? '';
        return `case $text in *${blob}*${blob}*) false ;; esac && case "$nl$text" in *"$nl"${line}"$nl"*) ;; *) false ;; esac`;
      })
      .join(' && ') || ':'
  );
}

function look(args: KeyArguments, wishes: KeyWishes, checkMode: boolean): string {
  return (
    `${FIELDS}nl='\n'; ${locate(args, checkMode)}${READ_TEXT}` +
    `if ${settled(wishes)}; then ${END}; exit; fi; ${SAY_TEXT}${MORE}`
  );
}

/** The folder and the file are the user's alone; sshd takes no notice of others. A link could give away another's folder. */
function act(args: KeyArguments, file: string, before: string | undefined, after: string): MachineRequest {
  const folder = args.manage_dir
    ? `[ ! -L "$p" ] || fail "refused to manage $p: it is a link; say manage_dir: no"; { [ -d "$p" ] || mkdir -m 700 -- "$p"; } && chown "$u:$g" -- "$p" && chmod 700 -- "$p" || fail "Failed to create directory $p"; `
    : `mkdir -p -- "$p" || fail "Failed to create directory $p"; `;
  const attributes = `chown "$u:$g" -- "$t" && chmod 600 -- "$t"`;
  const { script, stdin } = rewriteText({ path: quote(file), before, after, attributes });
  return { script: `${FIELDS}${locate(args, false)}${folder}${script}changes=1; ${END}`, stdin };
}

function bring(args: KeyArguments, text: string, { checkMode, diffMode }: ModuleContext): Plan {
  const wishes: KeyWishes = {
    keys: readKeys(text, args),
    present: plain(args.state) === 'present',
    exclusive: args.exclusive,
  };
  const what = `change the keys of ${plain(args.user)}`;
  const finish = (changed: boolean, file: string, diff?: Diff) =>
    done({
      changed,
      returns: {
        ...{ user: plain(args.user), key: plain(args.key), state: plain(args.state) },
        ...{ exclusive: args.exclusive, manage_dir: args.manage_dir, follow: args.follow },
        key_options: args.key_options === undefined ? null : plain(args.key_options),
        comment: args.comment === undefined ? null : plain(args.comment),
        path: args.path === undefined ? null : plain(args.path),
        ...{ validate_certs: args.validate_certs, keyfile: file },
      },
      ...(diff !== undefined && { diff }),
    });
  return {
    script: look(args, wishes, checkMode),
    interpret(output) {
      const found = readFields(output, what);
      const file = found.get('keyfile') ?? '';
      const old = found.get('text') ?? '';
      const after = found.get('changed') === '0' ? undefined : editKeys(old, wishes);
      if (after === undefined) return finish(false, file);
      const diff = diffMode ? { before: old, after, beforeHeader: file, afterHeader: file } : undefined;
      if (checkMode) return finish(true, file, diff);
      const interpret = (answer: RemoteOutput) => {
        readFields(answer, what);
        return finish(true, file, diff);
      };
      return { plan: { ...act(args, file, found.get('there') === '1' ? old : undefined, after), interpret } };
    },
  };
}

/** Asks the machine for the keys behind a URL. Tenant data must not choose what the machine fetches. */
function fetchKeys(args: KeyArguments, context: ModuleContext): Plan {
  if (hasTaint(args.key)) throw new ModuleError('refused: tenant data would name a URL to fetch keys from');
  const url = quote(plain(args.key));
  const [curl, wget] = args.validate_certs ? ['', ''] : [' -k', ' --no-check-certificate'];
  return {
    script:
      `${FIELDS}if command -v curl >/dev/null; then k=$(curl -fsSL${curl} -- ${url}); else k=$(wget -qO-${wget} -- ${url}); fi || ` +
      `fail 'Error getting key from: '${url}; say keys "$k"; say changed 1; exit ${NEXT}`,
    interpret: (output) => ({
      plan: bring(args, readFields(output, 'fetch keys').get('keys') ?? '', context),
    }),
  };
}

export const authorizedKey = defineModule({
  name: 'authorized_key',
  summary: 'Lets somebody in with a public key.',
  checkMode: 'supported',
  options,
  examples: `
- ansible.posix.authorized_key:
    user: deploy
    key: "{{ public_key }}"
`,
  returns: {
    keyfile: 'The file.',
    key: 'The keys as they were given.',
    exclusive: 'Whether other keys were removed.',
  },
  run(args, context) {
    const key = plain(args.key);
    return { plan: /^https?:\/\//.test(key) ? fetchKeys(args, context) : bring(args, key, context) };
  },
});
