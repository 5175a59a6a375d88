import { expect, test } from 'vitest';
import { runProject } from '../testing/run-project.js';

/** The levels of Ansible's precedence, lowest first. Facts have a test of their own. */
const LEVELS = [
  'role_default',
  'inventory_all',
  'inventory_group',
  'playbook_group_vars_all',
  'playbook_group_vars',
  'inventory_host',
  'playbook_host_vars',
  'play',
  'vars_prompt',
  'vars_files',
  'role',
  'block',
  'task',
  'include_vars',
  'set_fact',
  'role_param',
  'extra',
] as const;

type Level = (typeof LEVELS)[number];

/** Takes the levels above away, one after the other, and looks who is left. */
test.each(LEVELS.map((level) => [level]))('%s is seen when nothing above it says anything', async (level) => {
  const has = (each: Level) => LEVELS.indexOf(each) <= LEVELS.indexOf(level);
  const value = (each: Level) => (has(each) ? { x: each } : {});
  const line = (each: Level) => (has(each) ? `x: ${each}` : '');
  const run = await runProject(
    {
      'site.yml': `
- hosts: one
  gather_facts: no
  vars: ${JSON.stringify(value('play'))}
  vars_files: [files.yml]
${has('vars_prompt') ? '  vars_prompt: [{ name: x, default: vars_prompt }]' : ''}
  roles:
    - { role: r${has('role_param') ? ', x: role_param' : ''} }
`,
      'files.yml': line('vars_files'),
      'included.yml': line('include_vars'),
      'group_vars/all.yml': line('playbook_group_vars_all'),
      'group_vars/web.yml': line('playbook_group_vars'),
      'host_vars/one.yml': line('playbook_host_vars'),
      'roles/r/defaults/main.yml': line('role_default'),
      'roles/r/vars/main.yml': line('role'),
      'roles/r/tasks/main.yml': `
- vars: ${JSON.stringify(value('block'))}
  block:
    - include_vars: included.yml
    ${has('set_fact') ? '- set_fact: { x: set_fact }' : ''}
    - debug: { msg: "{{ x }}" }
      vars: ${JSON.stringify(value('task'))}
`,
    },
    {
      inventory: {
        hosts: [{ name: 'one', vars: value('inventory_host') }],
        groups: [{ name: 'web', hosts: ['one'], children: [], vars: value('inventory_group') }],
        vars: value('inventory_all'),
      },
      vars: { trusted: value('extra') },
    },
  );

  expect([run.failures, run.said]).toEqual([[], [level]]);
});

test('facts win over the inventory and nothing else', async () => {
  const files = (vars: string) => ({
    'site.yml': `
- hosts: one
  gather_facts: no
  tasks: [{ set_fact: { a: fact, b: fact, cacheable: yes } }]
- hosts: one
  gather_facts: no
  vars: ${vars}
  tasks:
    - debug: { msg: "{{ ansible_facts.a }} {{ a }} {{ hostvars.one.a }}" }
    - meta: clear_facts
    - debug: { msg: "{{ ansible_facts.a | default('gone') }} {{ a }}" }
`,
  });

  const run = await runProject(files('{ b: play }'), {
    inventory: { hosts: [{ name: 'one', vars: { a: 'inventory' } }] },
  });

  expect([run.failures, run.said]).toEqual([[], ['fact fact fact', 'gone fact']]);
});
