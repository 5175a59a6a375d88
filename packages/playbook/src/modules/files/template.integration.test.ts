import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { template } from './template.js';

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
const source = (text: string) => writeFile(join(lab.beside, 't.j2'), text);

/** The file that a template gives. */
async function rendered(text: string, options: Record<string, unknown> = {}): Promise<string> {
  await source(text);
  const run = await lab.run(template, { src: 't.j2', dest: at('t'), ...options });
  expect(run.msg).toBeUndefined();
  return (await readFile(at('t'))).toString('latin1');
}

test('check mode predicts with a diff and writes nothing; the second run changes nothing', async () => {
  await source('{{ 1 + 1 }}\n');
  const args = { src: 't.j2', dest: at('t'), mode: '0600' };

  const predicted = await lab.run(template, args, { checkMode: true, diffMode: true });
  const before = await readdir(lab.folder);
  const first = await lab.run(template, args);
  const second = await lab.run(template, args);

  expect([predicted.changed, before, first.changed, second.changed, second.trips]).toEqual([
    ...[true, [], true, false],
    [0],
  ]);
  expect(predicted.diff).toMatchObject([{ before: '', after: '2\n' }]);
});

test.each<[string, string, Record<string, unknown>, string]>([
  ['trims blocks', '{% if true %}\na\n{% endif %}\n', {}, 'a\n'],
  ['does not when told so', '{% if true %}\na\n{% endif %}', { trim_blocks: false }, '\na\n'],
  ['strips in front of blocks', '  {% if true %}\na\n  {% endif %}\n', { lstrip_blocks: true }, 'a\n'],
  [
    'the first line has the last word',
    '#jinja2: trim_blocks: False\n{% if true %}\na{% endif %}\n',
    {},
    '\na\n',
  ],
  [
    'takes other strings',
    '<% if true %>[[ 1 ]]{{ 2 }}<# no #><% endif %>',
    {
      ...{ block_start_string: '<%', block_end_string: '%>' },
      ...{ variable_start_string: '[[', variable_end_string: ']]' },
      ...{ comment_start_string: '<#', comment_end_string: '#>' },
    },
    '1{{ 2 }}',
  ],
  ['ends lines as told', 'a\nb\n', { newline_sequence: '\\r\\n' }, 'a\r\nb\r\n'],
  ['writes another encoding', 'é', { output_encoding: 'latin-1' }, '\xe9'],
  [
    'knows itself',
    '{{ template_path }} {{ template_host }} {{ template_destpath | basename }} {{ template_run_date.year > 2000 }} {{ ansible_managed }}',
    {},
    `t.j2 ${hostname()} t True Ansible managed`,
  ],
])('%s', async (_name, text, options, expected) => {
  expect(await rendered(text, options)).toBe(expected);
});

test('in a folder it keeps its name', async () => {
  await source('x');

  await lab.run(template, { src: 't.j2', dest: `${lab.folder}/` });

  expect(await readdir(lab.folder)).toEqual(['t.j2']);
});

test('fails when the encoding has no such character', async () => {
  await source('☠');

  const run = await lab.run(template, { src: 't.j2', dest: at('t'), output_encoding: 'latin-1' });

  expect(run.msg).toBe(`'latin-1' codec can't encode character "☠"`);
});
