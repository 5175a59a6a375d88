import { expect, test } from 'vitest';
import { defineModule, done } from '../modules/module.js';
import { modulePage } from './module-page.js';
import { referenceFiles } from './reference-files.js';

const module = defineModule({
  name: 'paint',
  summary: 'Paints a wall.',
  checkMode: 'supported',
  options: {
    wall: { type: 'path', required: true, aliases: ['dest'], help: 'Which one.' },
    colour: { type: 'str', default: 'red', choices: ['red', 'blue'], help: 'With | what.' },
    key: { type: 'str', secret: true, help: 'Opens the door.' },
  },
  rules: { mutuallyExclusive: [['colour', 'key']], requiredIf: [['colour', 'blue', ['key']]] },
  examples: '\n- paint:\n    wall: north\n',
  returns: { coats: 'How many.' },
  run: () => done({ changed: false }),
});

test('a page says what a module declares', () => {
  const page = modulePage(module);

  expect(page).toContain('# paint\n\nPaints a wall.\n\nIn check mode it predicts what would change.\n');
  expect(page).toContain('| `wall`, `dest` | path | required | Which one. |');
  expect(page).toContain('| `colour` | str | `"red"` | With \\| what. One of `red`, `blue`. |');
  expect(page).toContain('Opens the door. Never shown.');
  expect(page).toContain('- Only one of `colour`, `key`.\n- With `colour: blue`: `key`.');
  expect(page).toContain('```yaml\n- paint:\n    wall: north\n```');
  expect(page).toContain('| `coats` | How many. |');
});

test('the schema knows keywords, modules by both names, and their options', () => {
  const schema = JSON.parse(referenceFiles().get('playbook.schema.json') ?? '') as {
    $defs: { task: { properties: object }; modules: Record<string, { anyOf: { properties?: object }[] }> };
  };

  expect(Object.keys(schema.$defs.task.properties)).toEqual(
    expect.arrayContaining(['when', 'block', 'copy', 'ansible.builtin.copy']),
  );
  expect(Object.keys(schema.$defs.modules['copy']?.anyOf[1]?.properties ?? {})).toEqual(
    expect.arrayContaining(['content', 'dest', 'src']),
  );
});

test('every module has a page and stands in the index', () => {
  const files = referenceFiles();
  const index = files.get('modules/README.md') ?? '';

  for (const path of files.keys())
    if (/^modules\/(?!README)/.test(path)) expect(index).toContain(path.replace('modules/', '('));
});
