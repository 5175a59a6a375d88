import { readFileSync } from 'node:fs';
import type { Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { fileOf } from './files.js';
import type { LookupOptions } from './lookup-options.js';
import type { SearchPath } from './search-path.js';

const HEADER = '$ANSIBLE_VAULT;';

/** Ansible's `unvault`: the plain text of a vaulted file; a file in clear is given as it is. */
export function unvault(path: SearchPath, decrypt: LookupOptions['decrypt']): Lookup {
  const open = (file: string): string => {
    const text = readFileSync(file, 'utf8');
    if (!text.startsWith(HEADER)) return text;
    if (decrypt !== undefined) return decrypt(text).toString('utf8');
    throw new LookupError(
      `Attempting to decrypt ${file} but no vault secrets found`,
      'give the vault password of the run',
    );
  };
  return ({ positional }) => positional.map((term) => open(fileOf('unvault', term, path)));
}
