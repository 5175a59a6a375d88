import { appendFileSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { algorithmsFor, fingerprintOf, typeOf } from './host-key.js';
import { readKnownHosts, type KnownKeys } from './known-hosts.js';
import type { HostTrust } from './ssh-link.js';

/** How a machine's host key is judged. */
export interface TrustRules {
  /** As known_hosts has it: `host` or `[host]:port`. */
  readonly name: string;
  /** The first one is also where an accepted key is added. */
  readonly userFiles: readonly string[];
  readonly globalFiles: readonly string[];
  /** Whether only known keys are accepted. A changed or revoked key never is. */
  readonly checking: boolean;
}

const FAILED = 'Host key verification failed';

async function readFiles(paths: readonly string[]): Promise<{ path: string; text: string }[]> {
  // A file that is missing knows no host; so does one that may not be read, and then its hosts are refused.
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(path, 'utf8').catch(() => '') })),
  );
}

/** As OpenSSH does, so that the next run notices when the key has changed. */
function remember(path: string | undefined, name: string, key: Buffer): void {
  if (path === undefined || path === '/dev/null') return;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    appendFileSync(path, `${name} ${typeOf(key)} ${key.toString('base64')}\n`, { mode: 0o600 });
  } catch {
    // The connection is as good without; the key is then new again the next time.
  }
}

function unknown(rules: TrustRules, { authority }: KnownKeys, shown: string): string {
  if (authority !== undefined)
    return (
      `${FAILED}: ${authority} has a @cert-authority for it, which is not supported; ` +
      `add the host's own key: ssh-keyscan ${scanWords(rules.name)} >>${rules.userFiles[0] ?? '~/.ssh/known_hosts'}`
    );
  const files = rules.userFiles.join(', ') || 'any known_hosts';
  return (
    `${FAILED}: its key ${shown} is not in ${files}; check that it is the machine's, then add it ` +
    `(ssh-keyscan ${scanWords(rules.name)} >>${rules.userFiles[0] ?? '~/.ssh/known_hosts'}) or turn host_key_checking off`
  );
}

function scanWords(name: string): string {
  const [, host, port] = /^\[(.*)\]:(\d+)$/.exec(name) ?? [];
  return host === undefined || port === undefined ? name : `-p ${port} ${host}`;
}

function changed({ name }: TrustRules, { keys }: KnownKeys, shown: string): string {
  const known = keys.map(({ key, type, at }) => `${type} ${fingerprintOf(key)} (${at})`).join(', ');
  return (
    `${FAILED}: REMOTE HOST IDENTIFICATION HAS CHANGED: it showed ${shown}, but known is ${known}; ` +
    `another machine answers at this address, or it was made anew: then ssh-keygen -R '${name}'`
  );
}

/** Reads what is known of a machine and gives the judgement of the key that it will show. */
export async function readTrust(rules: TrustRules): Promise<HostTrust> {
  const files = await readFiles([...rules.userFiles, ...rules.globalFiles]);
  const known = readKnownHosts(files, rules.name);
  return {
    algorithms: algorithmsFor(known.keys.map(({ type }) => type)),
    judge: (offered) => {
      const shown = `${typeOf(offered)} ${fingerprintOf(offered)}`;
      if (known.revoked.some((key) => key.equals(offered)))
        return `${FAILED}: its key ${shown} is marked @revoked; do not use this machine`;
      if (known.keys.some(({ key }) => key.equals(offered))) return undefined;
      if (known.keys.length > 0) return changed(rules, known, shown);
      if (rules.checking) return unknown(rules, known, shown);
      remember(rules.userFiles[0], rules.name, offered);
      return undefined;
    },
  };
}
