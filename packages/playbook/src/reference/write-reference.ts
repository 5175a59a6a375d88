import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { referenceFiles } from './reference-files.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', 'docs', 'reference');

/** Writes the pages and the schema anew; pages of modules that are gone are removed. */
const files = referenceFiles();
mkdirSync(join(folder, 'modules'), { recursive: true });
for (const name of readdirSync(join(folder, 'modules')))
  if (!files.has(`modules/${name}`)) rmSync(join(folder, 'modules', name));
for (const [path, text] of files) writeFileSync(join(folder, path), text);
