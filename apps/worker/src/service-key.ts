import { readFile } from 'node:fs/promises';

import { generateKeyPair } from '@tenon/playbook/transport/keys';
import type { KeyPair } from '@tenon/reconciler/ports';

/** Gives a service its key pair: a new one, or the installation's own from `keyFile` and `<keyFile>.pub`. */
export function keyPairMaker(keyFile: string | null): (label: string) => Promise<KeyPair> {
  if (keyFile === null) return (label) => Promise.resolve(generateKeyPair(`tenon ${label}`));
  return async () => {
    const [privateKey, publicKey] = await Promise.all([read(keyFile), read(`${keyFile}.pub`)]);
    return { privateKey: `${privateKey}\n`, publicKey };
  };
}

async function read(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw new Error(
      `cannot read the service key ${path}: ${cause instanceof Error ? cause.message : String(cause)}; ` +
        'SERVICE_KEY_FILE needs both halves (made by: ssh-keygen -t ed25519 -N "" -f FILE)',
      { cause },
    );
  }
}
