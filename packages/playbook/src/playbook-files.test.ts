import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkPlaybook, hashPlaybook, listPlaybooks } from './playbook-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-playbooks-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

const PLAY = `- hosts: all
  vars_files: [settings.yml]
  tasks:
    - template: { src: page.j2, dest: /a }
    - block:
        - copy: { src: logo.png, dest: /b }
`;

test('the playbooks of a folder are its YAML files', async () => {
  await put('b.yaml', '');
  await put('a.yml', '');
  await put('README.md', '');
  await put('roles/x/tasks/main.yml', '');

  expect(await listPlaybooks(folder)).toEqual(['a.yml', 'b.yaml']);
});

test('a good playbook has no problems, a bad one all of them', async () => {
  const good = await put('good.yml', '- hosts: all\n  tasks: [{ ping: }]');
  const bad = await put('bad.yml', '- hosts: all\n  tasks: [{ pingg: }, { copy: { dest: /x, nope: 1 } }]');

  expect(await checkPlaybook(good)).toEqual([]);
  expect((await checkPlaybook(bad)).map((problem) => problem.message)).toEqual([
    expect.stringContaining('did you mean "ping"?'),
    expect.stringContaining('Unsupported parameters for (copy) module: nope'),
  ]);
});

test.each(['play.yml', 'templates/page.j2', 'templates/included.j2', 'files/logo.png', 'vars/settings.yml'])(
  'the hash changes with %s and is the same again without the change',
  async (name) => {
    const path = await put('play.yml', PLAY);
    for (const file of ['templates/page.j2', 'templates/included.j2', 'files/logo.png', 'vars/settings.yml'])
      await put(file, '1');
    const before = await hashPlaybook(path);

    await put(name, name === 'play.yml' ? `${PLAY}\n# edited` : '2');
    const changed = await hashPlaybook(path);
    await put(name, name === 'play.yml' ? PLAY : '1');

    expect(changed).not.toBe(before);
    expect(await hashPlaybook(path)).toBe(before);
  },
);

test('files that the playbook does not read leave the hash as it is', async () => {
  const path = await put('play.yml', PLAY);
  const before = await hashPlaybook(path);

  await put('other.yml', 'x');
  await put('files/other.png', 'x');

  expect(await hashPlaybook(path)).toBe(before);
});

test('a playbook with a mistake still has a hash', async () => {
  const path = await put('bad.yml', 'no list');

  expect(await hashPlaybook(path)).toMatch(/^[0-9a-f]{64}$/);
});
