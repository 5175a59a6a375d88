import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { assemble } from './assemble.js';

let lab: ModuleLab;
const FRAGMENTS = { '20-b': 'two\n', '10-a $(id)': 'one', '.hidden': 'H\n', '30-c': 'three\n' };
beforeAll(async () => {
  lab = await openModuleLab();
  for (const folder of [join(lab.folder, 'parts'), join(lab.beside, 'parts')]) {
    await mkdir(folder);
    for (const [name, content] of Object.entries(FRAGMENTS)) await writeFile(join(folder, name), content);
  }
});
afterAll(() => lab.close());

test.each<[string, Record<string, unknown>, string]>([
  ['every fragment in order', {}, 'H\none\ntwo\nthree\n'],
  ['a delimiter between them', { delimiter: '# -', ignore_hidden: true }, 'one\n# -\ntwo\n# -\nthree\n'],
  ['those of a pattern', { regexp: '^[23]0-' }, 'two\nthree\n'],
])('puts together %s, from the machine and from beside the playbook', async (_name, options, expected) => {
  const dest = join(lab.folder, 'out');
  await writeFile(dest, 'old');
  const args = { ...options, src: join(lab.folder, 'parts'), dest };

  const predicted = await lab.run(assemble, args, { checkMode: true, diffMode: true });
  const before = (await readFile(dest)).toString();
  const first = await lab.run(assemble, args);
  const second = await lab.run(assemble, { ...args, src: 'parts', remote_src: false });

  expect(predicted.diff).toMatchObject([{ before: 'old', after: expected }]);
  expect([before, first.changed, second.changed, second.trips]).toEqual(['old', true, false, [0]]);
  expect([(await readFile(dest)).toString(), (await readdir(lab.folder)).sort()]).toEqual([
    expected,
    ['out', 'parts'],
  ]);
});

test('fails without its folder', async () => {
  const run = await lab.run(assemble, { src: join(lab.folder, 'none'), dest: join(lab.folder, 'out') });

  expect(run).toMatchObject({ failed: true, msg: `Source (${join(lab.folder, 'none')}) does not exist` });
});
