import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../config.ts';

const fixture = join(root, 'test', 'second-service');

/**
 * Adds the fixture service to a copy of the sources, as docs/howto/add-a-service.md says: one folder, one playbook and
 * one line in the list of services.
 */
export async function plantService(copy: string): Promise<void> {
  const services = join(copy, 'packages', 'services', 'src');
  await cp(join(fixture, 'notice'), join(services, 'notice'), { recursive: true });
  await cp(join(fixture, 'notice_playbook.yaml'), join(copy, 'playbooks', 'notice_playbook.yaml'));
  const list = join(services, 'index.ts');
  const before = await readFile(list, 'utf8');
  const after = before.replace("['example']", "['example', 'notice']");
  if (after === before) throw new Error(`cannot add the service: ${list} does not look as expected`);
  await writeFile(list, after);
}

/** Tools leave their own files here; a copy begins without them. */
const leftovers = new Set(['@tenon', '.cache', '.vite', '.vite-temp']);

/** Fills a folder with links to what another folder holds. */
async function linkEntries(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from))
    if (!leftovers.has(name)) await symlink(join(from, name), join(to, name));
}

/**
 * Gives a copy a `node_modules` of its own, made of links: the packages of others are shared, our own are the copy's, so
 * that what runs in the copy is the copy.
 */
export async function linkPackages(copy: string): Promise<void> {
  const own = join(copy, 'node_modules');
  if ((await lstat(own)).isSymbolicLink()) await unlink(own);
  await linkEntries(join(root, 'node_modules'), own);
  await mkdir(join(own, '@tenon'));
  for (const folder of ['apps', 'packages'])
    for (const name of await readdir(join(copy, folder))) {
      await symlink(join(copy, folder, name), join(own, '@tenon', name));
      const local = join(root, folder, name, 'node_modules');
      if (existsSync(local)) await linkEntries(local, join(copy, folder, name, 'node_modules'));
    }
}
