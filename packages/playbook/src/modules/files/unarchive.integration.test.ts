import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { unarchive } from './unarchive.js';

let lab: ModuleLab;
beforeAll(async () => {
  lab = await openModuleLab();
  const source = join(lab.folder, '../source');
  await mkdir(join(source, 'app/it’s "a" $(dir)'), { recursive: true });
  await writeFile(join(source, 'app/a.txt'), 'A');
  await writeFile(join(source, 'app/it’s "a" $(dir)/b.txt'), 'B');
  await chmod(join(source, 'app/a.txt'), 0o640);
  const script = `cd '${source}'; tar -cf a.tar app; gzip -k a.tar; bzip2 -k a.tar; xz -k a.tar; zstd -q a.tar; zip -qr a.zip app`;
  execFileSync('sh', ['-c', script]);
  for (const name of await readdir(source)) {
    if (name !== 'app') await writeFile(join(lab.beside, name), await readFile(join(source, name)));
  }
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(lab.folder);
});
afterAll(() => lab.close());

const at = (name: string) => join(lab.folder, name);
const text = async (name: string) => (await readFile(at(name))).toString();

describe('unpacks once', () => {
  test.each([
    ['a.tar', 'TarArchive'],
    ['a.tar.gz', 'TgzArchive'],
    ['a.tar.bz2', 'TarBzipArchive'],
    ['a.tar.xz', 'TarXzArchive'],
    ['a.tar.zst', 'TarZstdArchive'],
    ['a.zip', 'ZipArchive'],
  ])('%s', async (src, handler) => {
    const args = { src, dest: lab.folder, list_files: true };

    const predicted = await lab.run(unarchive, args, { checkMode: true });
    const before = await readdir(lab.folder);
    const first = await lab.run(unarchive, args);
    const second = await lab.run(unarchive, args);

    const isZip = handler === 'ZipArchive';
    expect([predicted.changed, predicted.skipped, before]).toEqual([isZip, isZip ? undefined : true, []]);
    expect(first).toMatchObject({
      changed: true,
      trips: [0],
      returns: { handler, dest: lab.folder, state: 'directory' },
    });
    expect([second.changed, second.trips]).toEqual([false, [0]]);
    expect(await text('app/it’s "a" $(dir)/b.txt')).toBe('B');
    expect((first.returns?.files as string[]).sort()).toContain('app/it’s "a" $(dir)/b.txt');
  });
});

describe('unarchive', () => {
  test.each(['a.tar.gz', 'a.zip'])(
    '%s: puts back what was changed, with the owner and mode that are asked for',
    async (src) => {
      const args = { src, dest: lab.folder, owner: 'nobody', mode: 'u=rwX,go=' };

      const first = await lab.run(unarchive, args);
      const second = await lab.run(unarchive, args);
      await writeFile(at('app/a.txt'), 'changed');
      const third = await lab.run(unarchive, args);

      expect([first.msg, first.changed, second.changed, third.changed, await text('app/a.txt')]).toEqual([
        ...[undefined, true, false, true],
        'A',
      ]);
      const { mode, uid } = await stat(at('app/a.txt'));
      expect([mode & 0o777, uid]).toEqual([0o600, 65534]);
    },
  );

  test.each(['a.tar', 'a.zip'])('%s: takes and leaves members', async (src) => {
    await lab.run(unarchive, { src, dest: lab.folder, exclude: ['app/a.txt'] });
    const without = await readdir(at('app'));
    await rm(at('app'), { recursive: true });
    await lab.run(unarchive, { src, dest: lab.folder, include: ['app/a.txt'] });

    expect([without, await readdir(at('app'))]).toEqual([['it’s "a" $(dir)'], ['a.txt']]);
  });

  test('from the machine, with more options for tar', async () => {
    const args = {
      src: join(lab.beside, 'a.tar'),
      remote_src: true,
      dest: lab.folder,
      extra_opts: ['--strip-components=1'],
    };

    const first = await lab.run(unarchive, args);
    const second = await lab.run(unarchive, args);

    expect([first.changed, second.changed, (await readdir(lab.folder)).sort()]).toEqual([
      ...[true, false],
      ['a.txt', 'it’s "a" $(dir)'],
    ]);
  });

  test('creates holds it back before anything is sent', async () => {
    const args = { src: 'a.tar', dest: lab.folder, creates: at('app') };

    const first = await lab.run(unarchive, args);
    const second = await lab.run(unarchive, args);

    expect([first.changed, first.trips]).toEqual([true, [78, 0]]);
    expect(second).toMatchObject({
      changed: false,
      skipped: true,
      msg: `skipped, since ${at('app')} exists`,
      trips: [0],
    });
  });

  test.each([
    [{ src: 'a.tar', dest: 'none' }, /^Destination '.*none' is not a directory$/],
    [{ src: '/none.tar', remote_src: true, dest: '' }, /^Source '\/none.tar' does not exist$/],
    [{ src: 'text', dest: '' }, /^failed to unpack .*: /],
  ])('fails in the words of Ansible: %j', async ({ dest, ...args }, message) => {
    await writeFile(join(lab.beside, 'text'), 'no archive at all');

    const run = await lab.run(unarchive, { ...args, dest: at(dest) });

    expect([run.failed, run.trips]).toEqual([true, [1]]);
    expect(String(run.msg)).toMatch(message);
  });
});
