import { lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { file } from './file.js';

let lab: ModuleLab;
beforeAll(async () => {
  lab = await openModuleLab();
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(lab.folder);
  await writeFile(at('f'), 'content');
  await mkdir(at('d/e'), { recursive: true });
  await symlink('f', at('l'));
});
afterAll(() => lab.close());

const at = (name: string) => join(lab.folder, name);
const mode = async (name: string) => ((await stat(at(name))).mode & 0o7777).toString(8);

/** Everything that there is, with its permissions. */
async function inventory(): Promise<string[]> {
  const names = await readdir(lab.folder, { recursive: true });
  const lines = names.map(async (name) => {
    const { mode: bits, mtimeMs, uid } = await lstat(at(name));
    return `${name} ${bits.toString(8)} ${mtimeMs} ${uid}`;
  });
  return (await Promise.all(lines)).sort();
}

describe('file predicts in check mode, does it, and finds nothing to do the second time', () => {
  test.each<[string, Record<string, unknown> & { path: string; src?: string }]>([
    ['a folder', { path: 'x/y', state: 'directory', mode: '0750' }],
    ['a folder’s mode', { path: 'd', mode: 'g+s' }],
    ['a folder’s set-group-id away', { path: 'd', state: 'directory', mode: '0755', owner: 'nobody' }],
    ['what is in a folder', { path: 'd', state: 'directory', recurse: true, mode: 'u=rwX,go=' }],
    ['a file’s mode', { path: 'f', state: 'file', mode: 'u=rwx,g-r,o=rx-w' }],
    ['a file through a link', { path: 'l', mode: '0600', owner: 'nobody' }],
    ['the link’s own owner', { path: 'l', follow: false, owner: 'nobody' }],
    ['a link', { path: 'm', src: 'f', state: 'link' }],
    ['another target of a link', { path: 'l', src: 'd', state: 'link' }],
    ['a link to nothing', { path: 'm', src: 'nothing', state: 'link', force: true }],
    ['a link in place of a file', { path: 'f', src: 'd', state: 'link', force: true }],
    ['a link in place of an empty folder', { path: 'd/e', src: '/etc', state: 'link', force: true }],
    ['a hard link', { path: 'h', src: 'f', state: 'hard' }],
    ['a hard link in a folder', { path: 'd', src: 'f', state: 'hard' }],
    ['nothing in place of a folder', { path: 'd', state: 'absent' }],
    ['nothing in place of a link', { path: 'l', state: 'absent' }],
    ['a new file', { path: 'n', state: 'touch', access_time: 'preserve', modification_time: 'preserve' }],
    ['a time', { path: 'f', modification_time: '200102030405.06' }],
    [
      'a time in a format of its own',
      { path: 'f', access_time: '03.02.2001', access_time_format: '%d.%m.%Y' },
    ],
  ])('%s', async (_name, { path, src, ...args }) => {
    const isOutside = src === undefined || src === '/etc' || args.state === 'link';
    const task = {
      ...args,
      path: at(path),
      ...(src !== undefined && { src: isOutside ? src : at(src) }),
    };
    const before = await inventory();

    const predicted = await lab.run(file, task, { checkMode: true, diffMode: true });
    const untouched = await inventory();
    const first = await lab.run(file, task);
    const second = await lab.run(file, task);

    expect([predicted.msg, first.msg, second.msg]).toEqual([undefined, undefined, undefined]);
    expect([predicted.changed, first.changed, second.changed]).toEqual([true, true, false]);
    expect(untouched).toEqual(before);
    expect([predicted.trips, first.trips, second.trips]).toEqual([[0], [0], [0]]);
  });
});

describe('file', () => {
  test('touch always changes, and takes the present', async () => {
    await lab.run(file, { path: at('f'), modification_time: '200102030405.06' });

    const run = await lab.run(file, { path: at('f'), state: 'touch' });

    expect(run.changed).toBe(true);
    expect((await stat(at('f'))).mtime.getFullYear()).toBeGreaterThan(2001);
  });

  test.each([
    [{ path: 'none', state: 'file' }, /^file \(.*none\) is absent, cannot continue$/],
    [{ path: 'd', state: 'file' }, /^file \(.*d\) is directory, cannot continue$/],
    [{ path: 'f', state: 'directory' }, /f already exists as a file$/],
    [{ path: 'f', src: 'd', state: 'link' }, /^refusing to convert from file to symlink for /],
    [{ path: 'd', src: 'f', state: 'link', force: true }, /is not empty, refusing to convert it$/],
    [{ path: 'x', src: 'none', state: 'link' }, /^src file does not exist, use "force=yes"/],
    [{ path: 'x', state: 'link' }, /^src is required for creating new symlinks$/],
    [{ path: 'x', src: '/none', state: 'hard' }, /^src does not exist$/],
    [{ path: 'f', src: '/etc/hostname', state: 'hard' }, /^Cannot link, file exists at destination$/],
    [{ path: 'f', src: 'd' }, /^src option requires state to be 'link' or 'hard'$/],
    [{ path: 'f', recurse: true, state: 'file' }, /^recurse option requires state to be 'directory'$/],
    [{ path: 'f', access_time: 'noon' }, /^Error while obtaining timestamp for time noon using format/],
    [{ path: '/', state: 'absent' }, /^refused to remove \/$/],
    [{ path: 'f', owner: 'nobody-here' }, /^chown failed: failed to look up user nobody-here$/],
    [{ path: 'f', group: 'nobody-here' }, /^chgrp failed: failed to look up group nobody-here$/],
    [{ path: 'f', mode: 'wrong' }, /^mode must be in octal or symbolic form/],
  ])('fails in the words of Ansible: %j', async (args, message) => {
    const path = args.path.startsWith('/') ? args.path : at(args.path);

    const run = await lab.run(file, { ...args, path });

    expect([run.failed, run.trips.includes(0)]).toEqual([true, false]);
    expect(String(run.msg)).toMatch(message);
  });

  test('a failure says what is there', async () => {
    const other = await lab.run(file, { path: at('f'), state: 'directory' });
    const missing = await lab.run(file, { path: at('none'), state: 'file' });

    expect(other.returns).toMatchObject({ path: at('f'), state: 'file', mode: '0644', size: 7 });
    expect(missing.returns).toEqual({ path: at('none'), state: 'absent' });
  });

  test('a mode begins with 0, as Ansible writes it', async () => {
    const run = await lab.run(file, { path: at('f'), mode: '4750' });

    expect(run.returns?.mode).toBe('04750');
  });

  test('the diff names state, target and attributes', async () => {
    const made = await lab.run(file, { path: at('n'), state: 'directory' }, { diffMode: true });
    const linked = await lab.run(file, { path: at('l'), src: 'd', state: 'link' }, { diffMode: true });
    const modes = await lab.run(file, { path: at('f'), mode: '0600' }, { diffMode: true });

    const [before, after] = [JSON.stringify(at('n')), JSON.stringify(at('l'))];
    expect(made.diff).toMatchObject({
      before: `{\n    "path": ${before},\n    "state": "absent"\n}\n`,
      after: `{\n    "path": ${before},\n    "state": "directory"\n}\n`,
    });
    expect(linked.diff).toMatchObject({ before: `{\n    "path": ${after},\n    "src": "f"\n}\n` });
    expect(modes.diff).toMatchObject({ before: expect.stringContaining('"mode": "0644"') as string });
  });

  test('recurse leaves what links point to alone', async () => {
    await writeFile(at('outside'), '', { mode: 0o640 });
    await chmod(at('outside'), 0o640);
    await symlink('../outside', at('d/link'));

    await lab.run(file, { path: at('d'), state: 'directory', recurse: true, mode: '0777' });

    expect([await mode('outside'), await mode('d/e')]).toEqual(['640', '777']);
  });

  test('flags of the file system are set once where there are such', async () => {
    const run = await lab.run(file, { path: at('f'), attributes: '+d' });
    const again = await lab.run(file, { path: at('f'), attributes: '+d' });

    const isSupported = run.failed !== true;
    expect(isSupported ? [run.changed, again.changed] : String(run.msg)).toEqual(
      isSupported
        ? [true, false]
        : expect.stringMatching(/attributes|Operation not supported|chattr|Inappropriate/),
    );
    expect((await readFile(at('f'))).toString()).toBe('content');
  });
});
