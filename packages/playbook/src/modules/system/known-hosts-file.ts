import { createHmac, randomBytes } from 'node:crypto';

/** The parts of a line that say which host has which key; what stands behind the key is no part of it. */
interface HostKey {
  readonly marker: string;
  readonly host: string;
  readonly type: string;
  readonly blob: string;
}

/** Reads a line; undefined when it is none. */
export function parseHostKey(line: string): HostKey | undefined {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith('@') ? (words.shift() ?? '') : '';
  const [host, type, blob] = words;
  return host === undefined || type === undefined || blob === undefined || host.startsWith('#')
    ? undefined
    : { marker, host, type, blob };
}

/** The line with its host hidden as `ssh-keygen -H` does: a salted HMAC-SHA1 of the name. */
export function hashHost(host: string, line: string): string {
  const salt = randomBytes(20);
  const hash = createHmac('sha1', salt).update(host).digest('base64');
  const words = line.trim().split(/\s+/);
  words[words[0]?.startsWith('@') ? 1 : 0] = `|1|${salt.toString('base64')}|${hash}`;
  return words.join(' ');
}

const isHashed = (host: string) => host.startsWith('|1|');

/** Whether two lines say the same of a host; a hash is as good as another one. */
function isSame(one: HostKey, other: HostKey): boolean {
  const hosts = one.host === other.host || (isHashed(one.host) && isHashed(other.host));
  return hosts && one.marker === other.marker && one.type === other.type && one.blob === other.blob;
}

/** What is looked for: the lines (from 1) that ssh-keygen has found for the host, and the line that should be there. */
export interface HostKeyWish {
  readonly found: readonly number[];
  /** Undefined: all keys of the host are meant. */
  readonly line: string | undefined;
  readonly present: boolean;
}

/** The text of known_hosts as it should be; undefined when it is so already. The first key of the same type is replaced. */
export function editKnownHosts(text: string, { found, line, present }: HostKeyWish): string | undefined {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const render = (kept: readonly string[]) => kept.map((each) => `${each}\n`).join('');
  const without = (numbers: readonly number[]) => lines.filter((_, index) => !numbers.includes(index + 1));
  const wanted = line === undefined ? undefined : parseHostKey(line);
  if (line === undefined || wanted === undefined)
    return !present && found.length > 0 ? render(without(found)) : undefined;
  const first = found.find((number) => {
    const key = parseHostKey(lines[number - 1] ?? '');
    return key !== undefined && (isSame(key, wanted) || key.type === wanted.type);
  });
  const current = first === undefined ? undefined : parseHostKey(lines[first - 1] ?? '');
  if (!present) return first === undefined ? undefined : render(without([first]));
  if (current !== undefined && isSame(current, wanted)) return undefined;
  return render([...without(first === undefined ? [] : [first]), line]);
}
