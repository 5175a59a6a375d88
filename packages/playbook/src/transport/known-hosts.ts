import { createHmac, timingSafeEqual } from 'node:crypto';
import { matchesPatterns } from './ssh-config.js';

/** What known_hosts files say of one machine. */
export interface KnownKeys {
  readonly keys: readonly KnownKey[];
  readonly revoked: readonly Buffer[];
  /** Where a certificate authority vouches for the machine, if one does. */
  readonly authority: string | undefined;
}

export interface KnownKey {
  /** `ssh-ed25519` … */
  readonly type: string;
  readonly key: Buffer;
  /** `file:line`. */
  readonly at: string;
}

/** The name that known_hosts has for a machine: the port is named when it is another than 22. */
export function knownHostName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

function matchesName(name: string, field: string): boolean {
  const hashed = /^\|1\|([^|]+)\|([^|]+)$/.exec(field);
  if (hashed === null) return matchesPatterns(name, field.split(','));
  const [, salt = '', hash = ''] = hashed;
  const own = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  const known = Buffer.from(hash, 'base64');
  return own.length === known.length && timingSafeEqual(own, known);
}

interface Entry {
  readonly marker: string | undefined;
  readonly names: string;
  readonly type: string;
  readonly encoded: string;
}

function readEntry(line: string): Entry | undefined {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith('@') === true ? words.shift() : undefined;
  const [names = '', type = '', encoded = ''] = words;
  if (encoded === '' || names.startsWith('#')) return undefined;
  return { marker, names, type, encoded };
}

/** Reads files of the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT; lines that are none are passed over. */
export function readKnownHosts(
  files: readonly { readonly path: string; readonly text: string }[],
  name: string,
): KnownKeys {
  const keys: KnownKey[] = [];
  const revoked: Buffer[] = [];
  let authority: string | undefined;
  for (const { path, text } of files) {
    for (const [index, line] of text.split('\n').entries()) {
      const entry = readEntry(line);
      if (entry === undefined || !matchesName(name, entry.names)) continue;
      const at = `${path}:${index + 1}`;
      const key = Buffer.from(entry.encoded, 'base64');
      if (entry.marker === undefined) keys.push({ type: entry.type, key, at });
      else if (entry.marker === '@revoked') revoked.push(key);
      else if (entry.marker === '@cert-authority') authority ??= at;
    }
  }
  return { keys, revoked, authority };
}
