/** The kinds of keys that sshd knows in authorized_keys. */
const TYPES = new Set([
  ...['ssh-ed25519', 'ssh-rsa', 'ssh-dss', 'rsa-sha2-256', 'rsa-sha2-512', 'ssh-xmss@openssh.com'],
  ...['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  ...['sk-ecdsa-sha2-nistp256@openssh.com', 'sk-ssh-ed25519@openssh.com'],
  ...['webauthn-sk-ecdsa-sha2-nistp256@openssh.com', 'sk-ecdsa-sha2-nistp256-cert-v01@openssh.com'],
  ...['ecdsa-sha2-nistp256-cert-v01@openssh.com', 'ecdsa-sha2-nistp384-cert-v01@openssh.com'],
  ...['ecdsa-sha2-nistp521-cert-v01@openssh.com', 'sk-ssh-ed25519-cert-v01@openssh.com'],
  ...['ssh-ed25519-cert-v01@openssh.com', 'ssh-xmss-cert-v01@openssh.com', 'ssh-rsa-cert-v01@openssh.com'],
  ...[
    'rsa-sha2-256-cert-v01@openssh.com',
    'rsa-sha2-512-cert-v01@openssh.com',
    'ssh-dss-cert-v01@openssh.com',
  ],
]);

/** A key with what stands before and behind it. */
export interface AuthorizedKey {
  readonly type: string;
  readonly blob: string;
  /** Each option as it is written: `no-pty`, `command="x"`. */
  readonly options: readonly string[];
  readonly comment: string;
}

/** Splits options at commas that stand outside of quotes. */
export function splitOptions(text: string): string[] {
  const parts = text.match(/(?:[^,"']|"[^"]*"|'[^']*')+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Words at blanks outside of double quotes: an option may have blanks in its value. */
function wordsOf(line: string): string[] {
  return line.match(/(?:[^\s"]|"(?:\\.|[^"\\])*"?)+/g) ?? [];
}

/** Reads one line; undefined when it holds no key. */
export function parseKey(line: string): AuthorizedKey | undefined {
  if (line.trimStart().startsWith('#')) return undefined;
  const words = wordsOf(line.replaceAll('\\#', '#'));
  const at = words.findIndex((word) => TYPES.has(word));
  const [type, blob, ...comment] = at < 0 ? [] : words.slice(at);
  if (type === undefined || blob === undefined) return undefined;
  return { type, blob, options: splitOptions(words.slice(0, at).join(' ')), comment: comment.join(' ') };
}

/** A key as its line is written; like Ansible with a blank at the end when there is no comment. */
export function keyLine({ type, blob, options, comment }: AuthorizedKey): string {
  return `${options.length === 0 ? '' : `${options.join(',')} `}${type} ${blob} ${comment}`;
}

function isSame(one: AuthorizedKey, other: AuthorizedKey): boolean {
  return keyLine(one) === keyLine(other);
}

/** What should become of the keys in a file. */
export interface KeyWishes {
  readonly keys: readonly AuthorizedKey[];
  readonly present: boolean;
  /** No other line stays. */
  readonly exclusive: boolean;
}

/** A line and the key in it; lines without one are kept as they are. */
interface Line {
  readonly text: string;
  readonly key: AuthorizedKey | undefined;
}

function read(text: string): Line[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => ({ text: line, key: parseKey(line) }));
}

/** Of a key that stands there twice only the last one counts, as with Ansible. */
function withoutDoubles(lines: readonly Line[]): Line[] {
  return lines.filter(
    ({ key }, index) =>
      key === undefined || !lines.slice(index + 1).some((later) => later.key?.blob === key.blob),
  );
}

/** The text of authorized_keys as it should be; undefined when it is so already. */
export function editKeys(text: string, { keys, present, exclusive }: KeyWishes): string | undefined {
  const lines = withoutDoubles(read(text));
  const wanted = new Map(keys.map((key) => [key.blob, key]));
  const isWanted = ({ key }: Line) => key !== undefined && wanted.has(key.blob);
  const render = (kept: readonly Line[], added: readonly AuthorizedKey[] = []) =>
    [...kept.map(({ text: line, key }) => (key === undefined ? line : keyLine(key))), ...added.map(keyLine)]
      .map((line) => `${line}\n`)
      .join('');
  if (!present) return lines.some(isWanted) ? render(lines.filter((line) => !isWanted(line))) : undefined;
  const right = (line: Line) => {
    const want = line.key && wanted.get(line.key.blob);
    return line.key !== undefined && want !== undefined && isSame(line.key, want);
  };
  const kept = lines.filter((line) => (isWanted(line) ? right(line) : !exclusive));
  const missing = [...wanted.values()].filter((key) => !kept.some((line) => line.key?.blob === key.blob));
  return missing.length === 0 && kept.length === lines.length ? undefined : render(kept, missing);
}
