import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { command } from './command.js';
import { shell } from './shell.js';

let lab: ModuleLab;
beforeAll(async () => {
  lab = await openModuleLab();
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(lab.folder);
  await writeFile(at('there'), '');
});
afterAll(() => lab.close());

const at = (name: string) => join(lab.folder, name);

describe.each([['command', command] as const, ['shell', shell] as const])(
  '%s in check mode',
  (_name, module) => {
    test('is skipped without creates and removes, and not even sent', async () => {
      const run = await lab.run(module, { cmd: `touch ${at('x')}` }, { checkMode: true });

      expect(run).toMatchObject({
        skipped: true,
        changed: false,
        msg: 'Command would have run if not in check mode',
        returns: { rc: 0 },
        trips: [],
      });
    });

    test('says that it would run', async () => {
      const args = { cmd: `touch ${at('x')}`, creates: at('x'), removes: at('t*') };

      const run = await lab.run(module, args, { checkMode: true });

      expect(run).toMatchObject({
        changed: true,
        msg: 'Command would have run if not in check mode',
        trips: [0],
      });
      expect(await readdir(lab.folder)).toEqual(['there']);
    });

    test.each([
      ['creates', 'there', 'exists'],
      ['removes', 'absent', 'does not exist'],
    ])('says that %s holds it back', async (option, name, why) => {
      const args = { cmd: 'true', [option]: at(name) };

      const predicted = await lab.run(module, args, { checkMode: true });
      const done = await lab.run(module, args);

      expect(predicted).toMatchObject({
        changed: false,
        msg: `Would not run command since '${at(name)}' ${why}`,
      });
      expect(done).toMatchObject({
        changed: false,
        msg: `Did not run command since '${at(name)}' ${why}`,
        returns: {
          stdout: `skipped, since ${at(name)} ${why}`,
          rc: 0,
          cmd: module.name === 'shell' ? 'true' : ['true'],
        },
      });
    });
  },
);

describe('what cannot be started fails in the words of Ansible', () => {
  test.each([
    [{ cmd: 'no-such-program --x' }, "[Errno 2] No such file or directory: b'no-such-program'"],
    [{ cmd: '  ' }, 'no command given'],
    [{ cmd: 'a', argv: ['b'] }, 'only command or argv can be given, not both'],
  ])('%j', async (args, msg) => {
    expect(await lab.run(command, args)).toMatchObject({ failed: true, msg });
  });

  test('a file that is no program', async () => {
    const run = await lab.run(command, { argv: [at('there')] });

    expect(run).toMatchObject({ failed: true, msg: `[Errno 13] Permission denied: b'${at('there')}'` });
  });

  test('a folder that is not there', async () => {
    const run = await lab.run(shell, { cmd: 'echo never', chdir: at('none') });

    expect(run.failed).toBe(true);
    expect(run.msg).toMatch(/^Unable to change directory before execution: .*none/);
  });
});
