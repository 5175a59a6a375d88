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

/**
 * Gives a copy a `node_modules` of its own, made of links: the packages of others are shared, our own are the copy's, so
 * that what runs in the copy is the copy.
 */
export async function linkPackages(copy: string): Promise<void> {
  const shared = join(root, 'node_modules');
  const own = join(copy, 'node_modules');
  if ((await lstat(own)).isSymbolicLink()) await unlink(own);
  await mkdir(join(own, '@tenon'), { recursive: true });
  for (const name of await readdir(shared))
    if (name !== '@tenon' && name !== '.cache') await symlink(join(shared, name), join(own, name));
  for (const folder of ['apps', 'packages'])
    for (const name of await readdir(join(copy, folder)))
      await symlink(join(copy, folder, name), join(own, '@tenon', name));
}
