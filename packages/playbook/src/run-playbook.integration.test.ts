import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from './testing/playbook-lab.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
afterAll(() => lab.close());

/** Issue 1, "Done when" 4. */
const MESSAGES = [
  'hi there',
  '"; touch /pwned; #',
  '$(id)',
  '`id`',
  '{{ 7*7 }}',
  "'",
  'a\\nb',
  'a\nb',
  'ends in a line feed\n',
  '-n',
  '-e x',
  '\\c',
  '  leading and trailing  ',
  '</script>',
  '😀'.repeat(254),
  '!unsafe',
  "{{ lookup('pipe', 'id') }}",
  '{% raw %}',
  '[1, 2]',
  'True',
  '%s%d',
  '*',
];

const FORMS = {
  seed: 'name: write message\n  shell: echo "{{ tenant_message }}" > {{ dir }}/index.html',
  ours: 'name: write message\n  copy:\n    content: "{{ tenant_message }}\\n"\n    dest: "{{ dir }}/index.html"\n    mode: "0644"',
};

test.each(
  Object.entries(FORMS).flatMap(([form, task]) => MESSAGES.map((message) => ({ form, task, message }))),
)('the $form form writes $message and a line feed, byte for byte', async ({ task, message }) => {
  const run = await lab.run(`- ${task}`, { vars: { unsafe: { tenant_message: message } } });

  expect(run.failures).toEqual([]);
  expect(run.results).toEqual(['write message: changed']);
  expect((await readFile(join(lab.folder, 'index.html'))).toString()).toBe(`${message}\n`);
});

test('our form changes nothing the second time', async () => {
  const vars = { unsafe: { tenant_message: 'twice' } };
  await lab.run(`- ${FORMS.ours}`, { vars });

  const second = await lab.run(`- ${FORMS.ours}`, { vars });

  expect(second.results).toEqual(['write message: ok']);
  expect(second.stats.machine).toMatchObject({ ok: 1, changed: 0, failed: 0 });
});
