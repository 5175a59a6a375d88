import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markUnsafe } from '@tenon/jinja/values';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { blockinfile } from './blockinfile.js';
import { lineinfile } from './lineinfile.js';
import type { Module } from '../module.js';
import { replace } from './replace.js';

let lab: ModuleLab;
beforeAll(async () => {
  lab = await openModuleLab();
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(lab.folder);
});
afterAll(() => lab.close());

const at = (name: string) => join(lab.folder, name);
const text = async (name: string) => (await readFile(at(name))).toString();
const BEFORE = '#Port 22\nListen 80\nroot\n';
const BLOCK = '# BEGIN ANSIBLE MANAGED BLOCK\none\n# END ANSIBLE MANAGED BLOCK\n';

interface Case {
  readonly args: Record<string, unknown>;
  readonly after: string;
  readonly msg: string;
  /** How the script ends when nothing is to be done: 0 when the machine knew. */
  readonly same?: number;
}

describe('predicts, changes once in two trips, and asks the machine alone when nothing is to be done', () => {
  test.each<[string, Module, Case]>([
    ['a new line', lineinfile, { args: { line: 'new' }, after: `${BEFORE}new\n`, msg: 'line added' }],
    [
      'a line',
      lineinfile,
      {
        args: { regexp: '^#?Port', line: 'Port 2' },
        after: BEFORE.replace('#Port 22', 'Port 2'),
        msg: 'line replaced',
      },
    ],
    [
      'no line',
      lineinfile,
      { args: { regexp: '^L', state: 'absent' }, after: '#Port 22\nroot\n', msg: '1 line(s) removed' },
    ],
    [
      'no text',
      lineinfile,
      {
        args: { search_string: 'oo', state: 'absent' },
        after: '#Port 22\nListen 80\n',
        msg: '1 line(s) removed',
      },
    ],
    [
      'a pattern that only we know',
      lineinfile,
      {
        args: { regexp: '^Listen\\s+\\d+', line: 'Listen 81' },
        ...{ after: BEFORE.replace('80', '81'), msg: 'line replaced', same: 78 },
      },
    ],
    ['a block', blockinfile, { args: { block: 'one' }, after: BEFORE + BLOCK, msg: 'Block inserted' }],
    [
      'a block in a place',
      blockinfile,
      {
        args: { block: 'one\n', insertafter: '^Listen' },
        after: `#Port 22\nListen 80\n${BLOCK}root\n`,
        msg: 'Block inserted',
      },
    ],
    [
      'what a pattern finds',
      replace,
      {
        args: { regexp: '\\d(\\d)$', replace: '<\\1>', before: 'root' },
        ...{ after: '#Port <2>\nListen <0>\nroot\n', msg: '2 replacements made', same: 78 },
      },
    ],
  ])('%s', async (_name, module, { args, after, msg, same = 0 }) => {
    await writeFile(at('f'), BEFORE);
    const task = { ...args, path: at('f') };

    const predicted = await lab.run(module, task, { checkMode: true, diffMode: true });
    const untouched = await text('f');
    const first = await lab.run(module, task);
    const changed = await text('f');
    const second = await lab.run(module, task);

    expect([predicted.changed, predicted.msg, untouched]).toEqual([true, msg, BEFORE]);
    expect(predicted.diff).toMatchObject([{ before: BEFORE, after, beforeHeader: `${at('f')} (content)` }]);
    expect([first.changed, first.msg, first.trips, changed]).toEqual([true, msg, [78, 0], after]);
    expect([second.changed, second.trips]).toEqual([false, [same]]);
    expect(await readdir(lab.folder)).toEqual(['f']);
  });

  test('a block goes away', async () => {
    await writeFile(at('f'), BEFORE + BLOCK);
    const task = { path: at('f'), state: 'absent', block: 'any' };

    const first = await lab.run(blockinfile, task);
    const second = await lab.run(blockinfile, task);

    expect([first.msg, await text('f'), second.changed, second.trips]).toEqual([
      'Block removed',
      BEFORE,
      false,
      [0],
    ]);
  });
});

describe('a file that is edited', () => {
  test('keeps its owner, permissions and the link to it; a backup keeps the old text', async () => {
    await writeFile(at('f'), BEFORE);
    await chmod(at('f'), 0o604);
    await chown(at('f'), 65534, 65534);
    await symlink('f', at('l'));

    const run = await lab.run(lineinfile, { path: at('l'), line: 'new', backup: true });

    const { mode, uid } = await stat(at('f'));
    expect([mode & 0o7777, uid, await text('f')]).toEqual([0o604, 65534, `${BEFORE}new\n`]);
    expect((await readFile(String(run.returns?.backup))).toString()).toBe(BEFORE);
  });

  test('is made with its folder, and then with its permissions', async () => {
    const task = { path: at('x/y'), line: 'new', create: true, mode: '0600' };

    const predicted = await lab.run(lineinfile, task, { checkMode: true });
    const before = await readdir(lab.folder);
    const first = await lab.run(lineinfile, task);
    const second = await lab.run(lineinfile, task);

    expect([predicted.changed, before, first.msg]).toEqual([
      true,
      [],
      'line added and ownership, perms or SE linux context changed',
    ]);
    expect([second.changed, await text('x/y'), (await stat(at('x/y'))).mode & 0o777]).toEqual([
      false,
      'new\n',
      0o600,
    ]);
  });

  test('gets permissions alone', async () => {
    await writeFile(at('f'), BEFORE);
    const task = { path: at('f'), line: 'root', mode: 'u=rw,go=' };

    const predicted = await lab.run(lineinfile, task, { checkMode: true });
    const first = await lab.run(lineinfile, task, { diffMode: true });
    const second = await lab.run(lineinfile, task);

    const msg = 'ownership, perms or SE linux context changed';
    expect([predicted.changed, predicted.msg, first.msg, second.changed]).toEqual([true, msg, msg, false]);
    expect(first.diff).toMatchObject([{}, { beforeHeader: `${at('f')} (file attributes)` }]);
  });

  test('stays when the new one is not valid', async () => {
    await writeFile(at('f'), BEFORE);

    const run = await lab.run(blockinfile, { path: at('f'), block: 'x', validate: 'grep -q never %s' });

    expect([run.failed, run.msg, await text('f')]).toEqual([true, 'failed to validate: rc:1 error:', BEFORE]);
  });

  test('may be larger than one answer of the machine, and hold any bytes', async () => {
    const bytes = Buffer.from(`${'\xff\xfe x'.repeat(200_000)}\nend\n`, 'latin1');
    await writeFile(at('f'), bytes);

    const first = await lab.run(replace, { path: at('f'), regexp: '^end$', replace: 'END' });
    const second = await lab.run(lineinfile, { path: at('f'), regexp: '(?i)^end', line: 'done' });

    expect([first.msg, second.msg]).toEqual(['1 replacements made', 'line replaced']);
    expect(
      (await readFile(at('f'))).equals(Buffer.concat([bytes.subarray(0, -4), Buffer.from('done\n')])),
    ).toBe(true);
  });

  test.each<[string, Module, Record<string, unknown>, RegExp]>([
    ['no file', lineinfile, { path: 'none', line: 'x' }, /^Destination .*none does not exist !$/],
    ['no file', blockinfile, { path: 'none', block: 'x' }, /^Path .*none does not exist !$/],
    ['no file', replace, { path: 'none', regexp: 'x' }, /^Path .*none does not exist !$/],
    ['a folder', lineinfile, { path: '', line: 'x' }, /^Path .* is a directory !$/],
    ['no line', lineinfile, { path: 'f' }, /^line is required with state=present$/],
    [
      'nothing',
      lineinfile,
      { path: 'f', state: 'absent' },
      /^one of line, search_string, or regexp is required/,
    ],
    [
      'no pattern',
      lineinfile,
      { path: 'f', line: '\\1', backrefs: true },
      /^regexp is required with backrefs=true$/,
    ],
    ['a wrong pattern', replace, { path: 'f', regexp: '(' }, /^cannot use regexp "\("/],
    [
      'a wrong group',
      replace,
      { path: 'f', regexp: 'o', replace: '\\3' },
      /^cannot use replace: invalid group reference/,
    ],
    ['an unknown encoding', replace, { path: 'f', regexp: 'o', encoding: 'x' }, /^unknown encoding: x/],
  ])('fails with %s in the words of Ansible: %#', async (_name, module, { path, ...args }, message) => {
    await writeFile(at('f'), BEFORE);

    const run = await lab.run(module, { ...args, path: at(String(path)) });

    expect([run.failed, run.trips.includes(0)]).toEqual([true, false]);
    expect(String(run.msg)).toMatch(message);
  });

  test('a missing file has no line to remove', async () => {
    const run = await lab.run(lineinfile, { path: at('none'), line: 'x', state: 'absent' });

    expect(run).toMatchObject({ changed: false, msg: 'file not present' });
  });
});

describe('tenant data', () => {
  test('is no pattern and no group reference', async () => {
    await writeFile(at('f'), 'a.b\naxb\n');

    const line = await lab.run(lineinfile, {
      path: at('f'),
      regexp: markUnsafe('a.b'),
      line: markUnsafe('\\1 \\n'),
    });
    const replaced = await lab.run(replace, {
      path: at('f'),
      regexp: 'axb',
      replace: markUnsafe('\\g<0>\\n'),
    });

    expect([line.msg, replaced.msg, await text('f')]).toEqual([
      ...['line replaced', '1 replacements made'],
      '\\1 \\n\n\\g<0>\\n\n',
    ]);
  });

  test('that regex_escape has made a literal is one', async () => {
    await writeFile(at('f'), 'axb\na.b\n');

    await lab.run(lineinfile, { path: at('f'), regexp: markUnsafe('a\\.b'), line: 'x' });

    expect(await text('f')).toBe('axb\nx\n');
  });
});
