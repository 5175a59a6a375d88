import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { copy } from './copy.js';

let lab: ModuleLab;
beforeAll(async () => {
  lab = await openModuleLab();
});
beforeEach(async () => {
  for (const folder of [lab.folder, lab.beside]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  }
});
afterAll(() => lab.close());

const at = (name: string) => join(lab.folder, name);
const text = async (name: string) => (await readFile(at(name))).toString();
const mode = async (name: string) => ((await stat(at(name))).mode & 0o7777).toString(8);
const beside = async (name: string, content: string, permissions = 0o644) => {
  const path = join(lab.beside, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  await chmod(path, permissions);
};

describe('copy in check mode', () => {
  test('predicts and changes nothing, in one trip', async () => {
    await writeFile(at('a'), 'old\n');

    const run = await lab.run(copy, { content: 'new\n', dest: at('a'), mode: '0600' }, { checkMode: true });

    expect([run.changed, run.trips, await text('a'), await mode('a')]).toEqual([true, [0], 'old\n', '644']);
    expect(await readdir(lab.folder)).toEqual(['a']);
  });

  test.each([
    ['a new file', { content: 'x', dest: 'new' }],
    ['a new file in a folder that a task before would have made', { content: 'x', dest: 'no/new' }],
    ['a mode alone', { content: 'old\n', dest: 'a', mode: 'u+x' }],
  ])('predicts %s', async (_name, { dest, ...args }) => {
    await writeFile(at('a'), 'old\n');

    const run = await lab.run(copy, { ...args, dest: at(dest) }, { checkMode: true });

    expect([run.failed, run.changed, await readdir(lab.folder), await mode('a')]).toEqual([
      undefined,
      true,
      ['a'],
      '644',
    ]);
  });

  test('says that nothing would change', async () => {
    await writeFile(at('a'), 'same');

    const run = await lab.run(
      copy,
      { content: 'same', dest: at('a'), mode: 'u=rw,go=r' },
      { checkMode: true },
    );

    expect(run.changed).toBe(false);
  });
});

describe('the diff of copy', () => {
  test('has the text before and after, also when it is only predicted', async () => {
    await writeFile(at('a'), 'old\n');
    await beside('a.txt', 'new\n');
    const args = { src: 'a.txt', dest: at('a') };

    const predicted = await lab.run(copy, args, { checkMode: true, diffMode: true });
    const done = await lab.run(copy, args, { diffMode: true });

    const diff = [
      {
        before: 'old\n',
        after: 'new\n',
        beforeHeader: at('a'),
        afterHeader: join(lab.beside, 'a.txt'),
      },
    ];
    expect([predicted.diff, done.diff]).toEqual([diff, diff]);
  });

  test('tells of attributes, and is absent when nothing changes', async () => {
    await writeFile(at('a'), 'x');
    const args = { content: 'x', dest: at('a'), mode: '0600' };

    const first = await lab.run(copy, args, { diffMode: true });
    const second = await lab.run(copy, args, { diffMode: true });

    expect(first.diff).toMatchObject([{ after: `{\n    "mode": "0600",\n    "path": "${at('a')}"\n}\n` }]);
    expect(second.diff).toBeUndefined();
  });

  test.each([
    ['binary', Buffer.from('a\0b')],
    ['large', Buffer.alloc(200_000, 'x')],
  ])('leaves out a %s file', async (_name, content) => {
    await writeFile(at('a'), content);

    const run = await lab.run(copy, { content: 'x', dest: at('a') }, { diffMode: true });

    expect([run.changed, run.diff]).toEqual([true, []]);
  });

  test('knows the content of a file of the machine', async () => {
    await writeFile(at('from'), 'new');
    await writeFile(at('a'), 'old');

    const run = await lab.run(copy, { src: at('from'), remote_src: true, dest: at('a') }, { diffMode: true });

    expect(run.diff).toMatchObject([{ before: 'old', after: 'new' }]);
    expect(run.returns).toMatchObject({
      checksum: 'c2a6b03f190dfb2b4aa91f8af8d477a9bc3401dc',
      md5sum: '22af645d1859cb5ca6da0c484f1f37ea',
    });
  });

  test('a file in place of a link takes nothing over from what the link points to', async () => {
    await writeFile(at('target'), 'secret', { mode: 0o600 });
    await symlink('target', at('link'));

    const run = await lab.run(copy, { content: 'open', dest: at('link') });

    expect([run.returns?.mode, await text('target'), await text('link')]).toEqual(['0644', 'secret', 'open']);
  });
});

describe('copy of a folder', () => {
  beforeEach(async () => {
    await beside('site/index.html', 'index');
    await beside('site/it’s a "dir"/run $(id).sh', 'run', 0o755);
    await mkdir(join(lab.beside, 'site/empty'));
    await symlink('index.html', join(lab.beside, 'site/link'));
  });

  test('puts the folder into dest, once, with one trip when there is nothing to do', async () => {
    const args = { src: 'site', dest: at('www'), mode: 'preserve', directory_mode: '0750' };

    const predicted = await lab.run(copy, args, { checkMode: true });
    const before = await readdir(lab.folder);
    const first = await lab.run(copy, args);
    const second = await lab.run(copy, args);

    expect([predicted.changed, before]).toEqual([true, []]);
    expect([first.msg, first.changed, first.trips, second.changed, second.trips]).toEqual([
      undefined,
      true,
      [78, 0],
      false,
      [0],
    ]);
    expect((await readdir(at('www/site'))).sort()).toEqual(['empty', 'index.html', 'it’s a "dir"', 'link']);
    expect(await text('www/site/it’s a "dir"/run $(id).sh')).toBe('run');
    expect([await mode('www/site/it’s a "dir"/run $(id).sh'), await mode('www/site/empty')]).toEqual([
      '755',
      '750',
    ]);
    expect((await lstat(at('www/site/link'))).isFile()).toBe(true);
  });

  test('with a slash puts what is in it, keeps links with local_follow: no, and sends only what differs', async () => {
    const args = { src: 'site/', dest: at('www'), local_follow: false };
    await lab.run(copy, args);
    await writeFile(at('www/index.html'), 'changed by hand');

    const again = await lab.run(copy, args, { diffMode: true });

    expect([again.changed, await text('www/index.html'), await readlink(at('www/link'))]).toEqual([
      true,
      'index',
      'index.html',
    ]);
    expect(again.diff).toMatchObject([{ before: 'changed by hand', after: 'index' }]);
  });

  test('copies a folder of the machine', async () => {
    await lab.run(copy, { src: 'site', dest: at('a') });
    const args = { src: at('a/site'), remote_src: true, dest: at('b'), mode: 'preserve' };

    const predicted = await lab.run(copy, args, { checkMode: true });
    const first = await lab.run(copy, args);
    const second = await lab.run(copy, args);

    expect([predicted.changed, first.changed, second.changed]).toEqual([true, true, false]);
    expect(await text('b/site/it’s a "dir"/run $(id).sh')).toBe('run');
  });

  test('does not leave the playbook’s folder through a link', async () => {
    await symlink('/etc/passwd', join(lab.beside, 'site/secret'));

    await expect(lab.run(copy, { src: 'site', dest: at('www') })).resolves.toMatchObject({
      failed: true,
      msg: expect.stringContaining('outside of the playbook') as string,
    });
  });
});

describe('copy', () => {
  test('preserves the permissions of its source', async () => {
    await beside('run.sh', '#!/bin/sh\n', 0o750);

    const run = await lab.run(copy, { src: 'run.sh', dest: at('run.sh'), mode: 'preserve' });
    const same = await lab.run(copy, {
      src: at('run.sh'),
      remote_src: true,
      dest: at('b'),
      mode: 'preserve',
    });

    expect([run.returns?.mode, same.returns?.mode]).toEqual(['0750', '0750']);
  });

  test('makes the folders of a dest that ends with a slash, with directory_mode and owner', async () => {
    await beside('a.txt', 'A');

    const args = { src: 'a.txt', dest: `${at('x/y')}/`, directory_mode: '0700', owner: 'nobody' };
    const first = await lab.run(copy, args);
    const second = await lab.run(copy, args);

    expect([first.changed, second.changed, await mode('x'), await mode('x/y')]).toEqual([
      true,
      false,
      '700',
      '700',
    ]);
    expect(first.returns).toMatchObject({ dest: at('x/y/a.txt'), owner: 'nobody', state: 'file', size: 1 });
  });

  test('refuses content with another checksum', async () => {
    const args = { content: 'x', dest: at('a') };

    const good = await lab.run(copy, { ...args, checksum: '11f6ad8ec52a2984abaafd7c3b516503785c2072' });
    const bad = await lab.run(copy, { ...args, dest: at('b'), checksum: 'abc' });

    expect([good.changed, bad.failed, await readdir(lab.folder)]).toEqual([true, true, ['a']]);
  });

  test('validates without a shell, and says what the command said', async () => {
    const validate = `sh -c 'cat "$0"; echo bad >&2; exit 3' %s`;

    const run = await lab.run(copy, { content: 'x', dest: at('a b'), validate });

    expect(run.msg).toBe('failed to validate: rc:3 error:xbad');
    expect(await readdir(lab.folder)).toEqual([]);
  });

  test('brings a content of several MiB, once', async () => {
    const args = { content: 'x'.repeat(3 * 1024 * 1024), dest: at('big') };

    const first = await lab.run(copy, args);
    const second = await lab.run(copy, args);

    expect([first.changed, first.returns?.size, second.changed, second.trips]).toEqual([
      true,
      3 * 1024 * 1024,
      false,
      [0],
    ]);
  });

  test('a failure is not the last word of its script', async () => {
    const run = await lab.run(copy, { content: 'x', dest: at('no/a') });

    expect([run.failed, run.trips]).toEqual([true, [1]]);
  });
});
