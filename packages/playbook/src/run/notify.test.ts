import { expect, test } from 'vitest';
import { runProject } from '../testing/run-project.js';

test('what is notified may depend on the item of a loop; all that was not skipped counts when something has changed', async () => {
  const run = await runProject({
    'site.yml': `
- hosts: all
  gather_facts: no
  tasks:
    - debug:
      changed_when: name == 'one'
      notify: "{{ name }} {{ place }}"
      when: name != 'three'
      loop: [one, two, three]
      loop_control: { loop_var: name, index_var: place }
  handlers:
    - { name: one 0, debug: }
    - { name: two 1, debug: }
    - { name: three 2, debug: }
`,
  });

  expect(run.failures).toEqual([]);
  expect(run.events.flatMap(({ kind, task }) => (kind === 'handler' ? [task] : []))).toEqual([
    'one 0',
    'two 1',
  ]);
});
