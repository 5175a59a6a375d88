import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment, root } from '../config.ts';
import { runCommand } from '../system/command.ts';

const folder = join(root, 'docs', 'reference');

/** Writes the reference of the modules and the schema of playbooks anew. Returns what is wrong, '' when it went well. */
export async function writeReference(): Promise<string> {
  const script = join(root, 'packages', 'playbook', 'dist', 'reference', 'write-reference.js');
  const written = await runCommand(process.execPath, [script], { cwd: root, env: inheritedEnvironment() });
  return written.code === 0 ? '' : `cannot write docs/reference: ${written.output}`;
}

async function contents(): Promise<string> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.(?:md|json)$/.test(name))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return names.map((name, index) => `${name}\n${texts[index] ?? ''}`).join('\n');
}

/** As isSchemaCurrent, of docs/reference. */
export async function isReferenceCurrent(): Promise<string> {
  const before = await contents();
  const wrong = await writeReference();
  if (wrong !== '') return wrong;
  return (await contents()) === before ? '' : 'docs/reference was out of date; it is written anew: commit it';
}
