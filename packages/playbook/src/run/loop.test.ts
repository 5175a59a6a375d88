import { expect, test } from 'vitest';
import { runProject } from '../testing/run-project.js';

const play = (tasks: string, more = '') => `- hosts: all\n  gather_facts: no\n${more}  tasks:\n${tasks}`;

test('a loop over tuples has lists as items; a variable that a loop hides is told', async () => {
  const run = await runProject({
    'site.yml': play(
      [
        '    - debug: { msg: "{{ item | type_debug }} x{{ item }}" }',
        '      with_indexed_items: [a]',
        '    - debug:',
        '      loop: [1]',
        '      loop_control: { loop_var: known }',
        '',
      ].join('\n'),
      '  vars: { known: 1 }\n',
    ),
  });

  expect(run.said[0]).toBe("list x[0, 'a']");
  expect(run.events.find(({ item }) => item !== undefined)?.item).toBe("[0, 'a']");
  expect(run.events.filter(({ kind }) => kind === 'warning').map(({ message }) => message)).toEqual([
    expect.stringContaining("The loop variable 'known' is already in use."),
  ]);
});
