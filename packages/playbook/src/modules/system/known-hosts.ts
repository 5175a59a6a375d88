import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { editKnownHosts, hashHost, parseHostKey } from './known-hosts-file.js';
import { defineModule, done, ModuleError, type Diff, type ModuleContext, type Plan } from '../module.js';
import { READ_TEXT, rewriteText, SAY_TEXT } from '../files/rewrite-text.js';
import { END, FIELDS, MORE, readFields } from '../script-fields.js';

interface Wanted {
  readonly host: string;
  /** As given, without a line end; undefined for all keys of the host. */
  readonly key: string | undefined;
  readonly present: boolean;
  readonly hash: boolean;
  /** As a shell word. */
  readonly path: string;
}

function hostOf(name: Str): string {
  const host = plain(name).toLowerCase();
  if (/\S\s*,/.test(host))
    throw new ModuleError(
      'Comma separated list of names is not supported. Please pass a single name to lookup in the known_hosts file.',
    );
  if (!/^[^\s-]\S*$/.test(host)) throw new ModuleError(`${JSON.stringify(host)} is no name of a host`);
  return host;
}

function keyOf(key: Str | undefined, present: boolean): string | undefined {
  if (key === undefined || plain(key) === '') {
    if (present) throw new ModuleError('No key specified when adding a host');
    return undefined;
  }
  const line = plain(key).replace(/\n+$/, '');
  if (/[\r\n\0]/.test(line) || parseHostKey(line) === undefined)
    throw new ModuleError('key must be one line of known_hosts: host, type, key');
  return line;
}

/** Text for a test whether ssh-keygen's first answer of the key's type, in `$f`, is the key; it may say no where it is. */
function settled({ key, present, hash }: Wanted): string {
  if (!present) return '[ -z "$f" ]';
  const parts = key === undefined ? undefined : parseHostKey(key);
  if (parts === undefined) return 'false';
  const marker = parts.marker === '' ? '' : `${parts.marker} `;
  const tail = ` ${parts.type} ${parts.blob}`;
  const host = hash ? `'|1|'*` : quote(parts.host);
  return (
    `l=\${f%%${quote(` ${parts.type} `)}*}; l=\${l##*"$nl"}; case $l in ${quote(marker)}${host}) ;; *) false ;; esac && ` +
    `case $f in *"$l"${quote(tail)}|*"$l"${quote(`${tail} `)}*|*"$l"${quote(tail)}"$nl"*) ;; *) false ;; esac`
  );
}

function look(wanted: Wanted): string {
  const { host, key, path } = wanted;
  const isOfHost =
    key === undefined
      ? ''
      : `[ -n "$(printf '%s\\n' ${quote(key)} | ssh-keygen -F "$n" -f /dev/stdin 2>/dev/null)" ] || ` +
        `fail 'Host parameter does not match hashed host field in supplied key'; `;
  return (
    `${FIELDS}nl='\n'; n=${quote(host)}; d=${path}; command -v ssh-keygen >/dev/null || fail 'Failed to find required executable "ssh-keygen"'; ` +
    `${isOfHost}f=; [ ! -e "$d" ] || f=$(ssh-keygen -F "$n" -f "$d" 2>/dev/null); say path "$d"; ` +
    `if ${settled(wanted)}; then ${END}; exit; fi; ${READ_TEXT}${SAY_TEXT}say found "$f"; ${MORE}`
  );
}

function bring(
  wanted: Wanted,
  returns: Record<string, unknown>,
  { checkMode, diffMode }: ModuleContext,
): Plan {
  const { host, key, hash, present, path } = wanted;
  const line = key !== undefined && hash ? hashHost(host, key) : key;
  const what = `change the known keys of ${host}`;
  const finish = (changed: boolean, file: string, diff?: Diff) =>
    done({ changed, returns: { ...returns, path: file }, ...(diff !== undefined && { diff }) });
  return {
    script: look(wanted),
    interpret(output) {
      const read = readFields(output, what);
      const file = read.get('path') ?? '';
      const text = read.get('text') ?? '';
      const found = [...(read.get('found') ?? '').matchAll(/^# Host .* found: line (\d+)/gm)].map((match) =>
        Number(match[1]),
      );
      const after = read.get('changed') === '0' ? undefined : editKnownHosts(text, { found, line, present });
      if (after === undefined) return finish(false, file);
      const there = read.get('there') === '1';
      const diff = { before: text, after, beforeHeader: there ? file : '/dev/null', afterHeader: file };
      const shown = diffMode ? diff : undefined;
      if (checkMode) return finish(true, file, shown);
      const { script, stdin } = rewriteText({ path, before: there ? text : undefined, after });
      const interpret = (answer: RemoteOutput) => {
        readFields(answer, what);
        return finish(true, file, shown);
      };
      return { plan: { script: `${FIELDS}${script}changes=1; ${END}`, stdin, interpret } };
    },
  };
}

export const knownHosts = defineModule({
  name: 'known_hosts',
  summary: 'Keeps the keys of other hosts in known_hosts.',
  checkMode: 'supported',
  options: {
    name: { type: 'str', required: true, aliases: ['host'], help: 'The host, or [host]:port.' },
    key: { type: 'str', help: 'The line of known_hosts: host, type, key.' },
    path: { type: 'path', default: '~/.ssh/known_hosts', help: 'The file.' },
    hash_host: { type: 'bool', default: false, help: 'Hide the name of the host in the file.' },
    state: {
      type: 'str',
      default: 'present',
      choices: ['absent', 'present'],
      help: 'Whether the key is there.',
    },
  },
  examples: `
- known_hosts:
    name: git.example.org
    key: git.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI...
`,
  returns: { name: 'The host.', key: 'The key as given.', path: 'The file.', state: 'present or absent.' },
  run(args, context) {
    const present = plain(args.state) === 'present';
    const wanted: Wanted = {
      host: hostOf(args.name),
      key: keyOf(args.key, present),
      present,
      hash: args.hash_host,
      path: pathWord(args.path, 'path'),
    };
    const returns = {
      name: plain(args.name),
      key: args.key === undefined ? null : plain(args.key),
      state: plain(args.state),
      hash_host: args.hash_host,
    };
    return { plan: bring(wanted, returns, context) };
  },
});
