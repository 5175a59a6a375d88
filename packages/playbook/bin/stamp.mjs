import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packages = join(import.meta.dirname, '..', '..');

/** Another one whenever the compiler has made something else of the sources. */
export function buildStamp() {
  const hash = createHash('sha1');
  for (const name of ['playbook', 'jinja']) {
    const file = join(packages, name, 'tsconfig.tsbuildinfo');
    hash.update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}
