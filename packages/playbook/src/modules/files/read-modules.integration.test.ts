import { chmod, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { concat, tainted } from '@tenon/jinja/text';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { fetch } from './fetch.js';
import { find } from './find.js';
import type { Controller } from '../module.js';
import { raw } from '../commands/raw.js';
import { script } from '../commands/script.js';
import { slurp } from './slurp.js';
import { stat as statModule } from './stat.js';
import { tempfile } from './tempfile.js';

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

describe('find', () => {
  beforeEach(async () => {
    await mkdir(at('d/e'), { recursive: true });
    await writeFile(at('a.txt'), 'one\ntwo\n');
    await writeFile(at('b $(id) "q".log'), 'x'.repeat(5000));
    await writeFile(at('.hidden'), '');
    await writeFile(at('d/c.txt'), 'three\n');
    await writeFile(at('d/e/old.txt'), 'four\n');
    await utimes(at('d/e/old.txt'), 1e9, 1e9);
    await symlink('d', at('l'));
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['all files', {}, ['a.txt', 'b $(id) "q".log']],
    ['hidden ones', { hidden: true, size: '-0' }, ['.hidden']],
    ['names', { patterns: ['*.txt', '[b]*.log'] }, ['a.txt', 'b $(id) "q".log']],
    ['not these names', { excludes: 'b*' }, ['a.txt']],
    ['patterns of re', { patterns: ['a\\.t', '^.$'], use_regex: true }, ['a.txt']],
    ['below', { recurse: true, patterns: '*.txt' }, ['a.txt', 'd/c.txt', 'd/e/old.txt']],
    ['so far below', { recurse: true, patterns: '*.txt', depth: 2 }, ['a.txt', 'd/c.txt']],
    ['folders', { file_type: 'directory', recurse: true }, ['d', 'd/e']],
    ['links', { file_type: 'link' }, ['l']],
    ['anything', { file_type: 'any' }, ['a.txt', 'b $(id) "q".log', 'd', 'l']],
    ['old ones', { recurse: true, age: '1w' }, ['d/e/old.txt']],
    ['new ones', { recurse: true, age: '-1w', patterns: 'c*' }, ['d/c.txt']],
    ['large ones', { size: '1k' }, ['b $(id) "q".log']],
    ['lines', { contains: 'tw.$', recurse: true }, ['a.txt']],
    ['the whole text', { contains: 'e\\nt', read_whole_file: true }, ['a.txt']],
    ['behind links', { follow: true, recurse: true, patterns: 'c.txt' }, ['d/c.txt', 'l/c.txt']],
  ])('finds %s', async (_name, args, expected) => {
    const run = await lab.run(find, { paths: lab.folder, ...args }, { checkMode: true });

    const files = run.returns?.files as { path: string }[];
    expect(run.failed).toBeUndefined();
    expect(files.map(({ path }) => path.slice(lab.folder.length + 1)).sort()).toEqual(expected);
    expect(run).toMatchObject({ changed: false, returns: { matched: expected.length, skipped_paths: {} } });
  });

  test('says what stat says, with a checksum', async () => {
    await chmod(at('a.txt'), 0o640);

    const run = await lab.run(find, { paths: lab.folder, patterns: 'a*', get_checksum: true });

    const { ino, uid } = await stat(at('a.txt'));
    expect(run.returns?.files).toMatchObject([
      {
        ...{
          path: at('a.txt'),
          mode: '0640',
          size: 8,
          uid,
          inode: ino,
          isreg: true,
          isdir: false,
          wusr: true,
        },
        ...{ woth: false, checksum: 'c708d7ef841f7e1748436b8ef5670d0b2de1a227' },
      },
    ]);
  });

  test('names folders that it cannot read, and refuses a wrong age', async () => {
    const run = await lab.run(find, { paths: [at('none'), at('d')], patterns: 'c.txt' });
    const wrong = await lab.run(find, { paths: lab.folder, age: 'yesterday' });

    expect(run).toMatchObject({
      msg: 'Not all paths examined, check warnings for details',
      returns: {
        matched: 1,
        warnings: [expect.stringContaining('due to this access issue')],
        skipped_paths: { [at('none')]: `'${at('none')}' is not a directory` },
      },
    });
    expect(wrong.msg).toBe('failed to process age');
  });
});

test('stat knows the number of a device, and says nothing of flags where there are none', async () => {
  await writeFile(at('a.txt'), '');
  const device = await lab.run(statModule, { path: '/dev/null' });
  const file = await lab.run(statModule, { path: at('a.txt') });
  const unasked = await lab.run(statModule, { path: at('a.txt'), get_attributes: false });

  expect(device.returns?.stat).toMatchObject({
    ischr: true,
    device_type: 259,
    attr_flags: '',
    attributes: [],
  });
  expect(file.returns?.stat).toMatchObject({ device_type: 0, attributes: expect.any(Array) as unknown });
  expect(unasked.returns?.stat).not.toHaveProperty('attributes');
});

describe('slurp', () => {
  test('gives any bytes, in one trip', async () => {
    const content = Buffer.from([0, 255, 10, 13, 0]);
    await writeFile(at('f'), content);

    const run = await lab.run(slurp, { src: at('f') });

    expect(run).toMatchObject({
      changed: false,
      returns: { content: content.toString('base64'), source: at('f') },
    });
    expect(run.trips).toEqual([0]);
  });

  test('gives a file that is longer than one answer', async () => {
    const content = Buffer.alloc(1_300_000, 'x\0');
    await writeFile(at('f'), content);

    const run = await lab.run(slurp, { src: at('f') });

    expect(run.returns?.content).toBe(content.toString('base64'));
  });

  test.each([
    ['none', /^file not found: .*none$/],
    ['', /^source is a directory and must be a file: /],
  ])('fails in the words of Ansible: %j', async (name, message) => {
    const run = await lab.run(slurp, { src: at(name) });

    expect([run.failed, run.trips]).toEqual([true, [1]]);
    expect(String(run.msg)).toMatch(message);
  });

  test('reads what the kernel makes up', async () => {
    const run = await lab.run(slurp, { src: '/proc/sys/kernel/ostype' });

    expect(Buffer.from(String(run.returns?.content), 'base64').toString()).toBe('Linux\n');
  });
});

describe('fetch', () => {
  const controller: Controller = {
    read: (path) => readFile(path),
    async write(path, content) {
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, content);
    },
  };

  test('is refused where the machine that runs the playbook must not be written', async () => {
    const run = lab.run(fetch, { src: '/etc/hostname', dest: '/tmp' });

    await expect(run).resolves.toMatchObject({ failed: true, trips: [] });
  });

  test('copies once to DEST/HOST/PATH, and is skipped in check mode', async () => {
    await writeFile(at('f'), 'content');
    const args = { src: at('f'), dest: lab.beside };

    const predicted = await lab.run(fetch, args, { controller, checkMode: true });
    const first = await lab.run(fetch, args, { controller });
    const second = await lab.run(fetch, args, { controller });

    const dest = join(lab.beside, 'machine', at('f'));
    expect(predicted).toMatchObject({ skipped: true });
    expect(first).toMatchObject({
      changed: true,
      returns: { dest, checksum: first.returns?.remote_checksum },
    });
    expect(second).toMatchObject({ changed: false, returns: { dest, file: at('f') } });
    expect((await readFile(dest)).toString()).toBe('content');
  });

  test('flat copies to the place itself, or into a folder', async () => {
    await writeFile(at('f'), 'content');

    const named = await lab.run(
      fetch,
      { src: at('f'), dest: join(lab.beside, 'g'), flat: true },
      { controller },
    );
    const into = await lab.run(fetch, { src: at('f'), dest: `${lab.beside}/`, flat: true }, { controller });

    expect([named.changed, into.changed, (await readdir(lab.beside)).sort()]).toEqual([
      true,
      true,
      ['f', 'g'],
    ]);
  });

  test('data of a machine may name a folder, and leads nowhere else', async () => {
    await writeFile(at('f'), 'content');
    const into = (name: string) =>
      lab.run(
        fetch,
        { src: at('f'), dest: concat([lab.beside, '/x', tainted(name), '/']), flat: true },
        { controller },
      );

    const named = await into('web1');
    const refused = [await into('/../../y'), await into('/y'), await into('\0')];
    const up = await lab.run(
      fetch,
      { src: at('f'), dest: concat([lab.beside, '/', tainted('..'), '/g']), flat: true },
      { controller },
    );

    expect(named).toMatchObject({ changed: true, returns: { dest: join(lab.beside, 'xweb1', 'f') } });
    for (const { failed, msg } of [...refused, up]) {
      expect(failed).toBe(true);
      expect(msg).toMatch(/^refused: dest would be/);
    }
    expect(await readdir(lab.beside)).toEqual(['xweb1']);
  });

  test('a missing file fails only when it should', async () => {
    const args = { src: at('none'), dest: lab.beside };

    const strict = await lab.run(fetch, args, { controller });
    const lenient = await lab.run(fetch, { ...args, fail_on_missing: false }, { controller });

    expect([strict.failed, lenient.failed, lenient.changed]).toEqual([true, undefined, false]);
    expect(lenient.msg).toBe('the remote file does not exist, not transferring, ignored');
  });
});

describe('tempfile', () => {
  test('makes a file or a folder of its own each time, and is skipped in check mode', async () => {
    const args = { path: lab.folder, prefix: 'it’s ', suffix: ' $(id)' };

    const predicted = await lab.run(tempfile, args, { checkMode: true });
    const file = await lab.run(tempfile, args);
    const folder = await lab.run(tempfile, { ...args, state: 'directory' });

    expect([predicted.skipped, (await readdir(lab.folder)).length]).toEqual([true, 2]);
    expect(file).toMatchObject({ changed: true, returns: { mode: '0600', state: 'file' } });
    expect(folder).toMatchObject({ changed: true, returns: { mode: '0700', state: 'directory' } });
    expect(String(file.returns?.path)).toMatch(/\/it’s \w{8} \$\(id\)$/);
  });

  test('fails without its folder', async () => {
    expect(await lab.run(tempfile, { path: at('none') })).toMatchObject({ failed: true, trips: [1] });
  });
});

describe('raw', () => {
  test('sends the text, and is skipped in check mode', async () => {
    const args = { cmd: 'echo "$0" | wc -l; echo err >&2; exit 3' };

    const predicted = await lab.run(raw, args, { checkMode: true });
    const run = await lab.run(raw, args);

    expect(predicted.skipped).toBe(true);
    expect(run).toMatchObject({
      ...{ changed: true, failed: true, msg: 'non-zero return code' },
      returns: { rc: 3, stdout: '1\n', stdout_lines: ['1'], stderr: 'err\n' },
    });
  });

  test('with another shell', async () => {
    const run = await lab.run(raw, { cmd: 'a=(1 2); echo ${a[1]}', executable: '/bin/bash' });

    expect(run.returns?.stdout).toBe('2\n');
  });
});

describe('script', () => {
  beforeEach(async () => {
    await mkdir(join(lab.beside, 'files'));
    await writeFile(
      join(lab.beside, 'files/run me.sh'),
      `#!/bin/bash\necho "$0" >${at('self')}\nprintf '%s|' "$@"; pwd; exit \${1:-0}\n`,
    );
  });

  test('runs with its arguments and leaves nothing', async () => {
    const run = await lab.run(script, { cmd: `'run me.sh' 0 "a  b" '$(id)'`, chdir: lab.folder });

    expect(run).toMatchObject({ changed: true, returns: { rc: 0, stdout: `0|a  b|$(id)|${lab.folder}\n` } });
    const self = (await readFile(at('self'))).toString().trim();
    await expect(stat(join(self, '..'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('fails with what it returned', async () => {
    const run = await lab.run(script, { cmd: `'run me.sh' 4`, executable: '/bin/bash -e' });

    expect(run).toMatchObject({ failed: true, msg: 'non-zero return code', returns: { rc: 4 } });
  });

  test('creates and removes decide, in check mode too', async () => {
    const args = { cmd: `'run me.sh'`, creates: at('self') };

    const plainly = await lab.run(script, { cmd: `'run me.sh'` }, { checkMode: true });
    const predicted = await lab.run(script, args, { checkMode: true });
    const before = await readdir(lab.folder);
    const first = await lab.run(script, args);
    const second = await lab.run(script, args);
    const removed = await lab.run(script, { cmd: `'run me.sh'`, removes: at('none') });

    expect([plainly.skipped, predicted.changed, before, first.changed]).toEqual([true, true, [], true]);
    expect(second).toMatchObject({ skipped: true, msg: `${at('self')} exists, matching creates option` });
    expect(removed).toMatchObject({
      skipped: true,
      msg: `${at('none')} does not exist, matching removes option`,
    });
  });
});
