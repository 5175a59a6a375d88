import { describe, expect, test } from 'vitest';
import { runProject } from '../testing/run-project.js';

const say = (text: string) => `- { name: say, debug: { msg: "${text}" } }\n`;

describe('a role', () => {
  test('brings tasks, defaults, variables and handlers, after the roles it depends on', async () => {
    const run = await runProject({
      'site.yml': `
- hosts: all
  gather_facts: no
  roles: [web]
  tasks:
    - debug: { msg: "{{ port }} {{ root }} {{ base_is }}" }
`,
      'roles/web/defaults/main.yml': 'port: 80\nroot: /default',
      'roles/web/vars/main.yml': 'root: /var/www',
      'roles/web/meta/main.yml': 'dependencies: [{ role: base, base_param: 7 }]',
      'roles/web/tasks/main.yml': say('web in {{ role_name }} at {{ role_path | basename }}'),
      'roles/base/vars/main.yml': 'base_is: here',
      'roles/base/tasks/main.yml': say('base {{ base_param }}'),
    });

    expect([run.failures, run.said]).toEqual([[], ['base 7', 'web in web at web', '80 /var/www here']]);
    expect(run.results[0]).toBe('base : say: ok');
  });

  test('runs once, unless its parameters differ or it allows more', async () => {
    const run = await runProject({
      'site.yml': `
- hosts: all
  gather_facts: no
  roles: [once, once, { role: once }, { role: once, number: 2 }, twice, twice, needs]
`,
      'roles/once/defaults/main.yml': 'number: 1',
      'roles/once/tasks/main.yml': say('once {{ number }}'),
      'roles/twice/meta/main.yml': 'allow_duplicates: true',
      'roles/twice/tasks/main.yml': say('twice'),
      'roles/needs/meta/main.yml': 'dependencies: [once]',
      'roles/needs/tasks/main.yml': say('needs'),
    });

    expect(run.said).toEqual(['once 1', 'once 2', 'twice', 'twice', 'needs']);
  });

  test('takes over when, tags and vars of whoever uses it, and gives them to its dependencies', async () => {
    const files = {
      'site.yml': `
- hosts: all
  gather_facts: no
  roles:
    - { role: a, when: yes_or_no | default(true), tags: [x], vars: { of_entry: 1 } }
  tasks:
    - debug: { msg: after }
`,
      'roles/a/meta/main.yml': 'dependencies: [{ role: b, tags: y }]',
      'roles/a/tasks/main.yml': say('a {{ of_entry }}'),
      'roles/b/tasks/main.yml': say('b'),
    };

    const skipped = await runProject(files, { vars: { trusted: { yes_or_no: false } } });
    expect(skipped.results).toEqual(['b : say: skipped', 'a : say: skipped', 'debug: ok']);
    expect((await runProject(files, { tags: ['y'] })).said).toEqual(['b']);
    expect((await runProject(files, { tags: ['x'] })).said).toEqual(['b', 'a 1']);
  });

  test('finds its files first, then those of the playbook', async () => {
    const run = await runProject({
      'site.yml': '- hosts: all\n  gather_facts: no\n  roles: [a]\n',
      'roles/a/files/own.txt': 'own of the role',
      'files/own.txt': 'wrong',
      'files/shared.txt': 'of the playbook',
      'roles/a/vars/more.yml': 'more: yes',
      'roles/a/tasks/main.yml': `
- include_vars: more.yml
- debug: { msg: "{{ lookup('file', 'own.txt') }}, {{ lookup('file', 'shared.txt') }}, {{ more }}" }
- debug: { msg: "{{ ansible_search_path | map('basename') | first }}" }
`,
    });

    expect([run.failures, run.said]).toEqual([[], ['own of the role, of the playbook, True', 'a']]);
  });

  test('checks its arguments before its first task when it has a specification', async () => {
    const files = {
      'site.yml': '- hosts: all\n  gather_facts: no\n  roles: [{ role: a, web_port: "{{ p }}" }]\n',
      'roles/a/meta/argument_specs.yml': `
argument_specs:
  main:
    short_description: the web
    options:
      web_port: { type: int, required: true }
      kind: { choices: [x, y] }
`,
      'roles/a/tasks/main.yml': say('a'),
    };

    const good = await runProject(files, { vars: { trusted: { p: '80' } } });
    const bad = await runProject(files, { vars: { trusted: { p: 'eighty', kind: 'z' } } });

    expect(good.results[0]).toBe("a : Validating arguments against arg spec 'main' - the web: ok");
    expect(bad.failures[0]?.message).toContain(
      "argument 'web_port' is of type <class 'str'> and we were unable to convert to int",
    );
    expect(bad.failures[0]?.message).toContain('value of kind must be one of: x, y, got: z');
  });

  test('that is not there is said with its place and where it was looked for', async () => {
    const run = await runProject({
      'site.yml': '- hosts: all\n  roles:\n    - wbe\n',
      'roles/web/tasks/main.yml': '',
    });

    expect(run.failures[0]?.message).toMatch(/site\.yml:3:7: the role 'wbe' was not found in .*\/roles:/);
  });

  test('several files are all read before anything runs, and all their mistakes are told', async () => {
    const run = await runProject({
      'site.yml': '- hosts: all\n  roles: [a]\n  tasks: [{ import_tasks: more.yml }]\n',
      'roles/a/tasks/main.yml': '- dbug:\n',
      'more.yml': '- debug: { mgs: x }\n',
    });

    expect(run.failures[0]?.message).toContain('roles/a/tasks/main.yml:1:3');
    expect(run.failures[0]?.message).toContain(
      'more.yml:1:3: Unsupported parameters for (debug) module: mgs',
    );
  });
});

describe('handlers of roles', () => {
  const files = {
    'roles/a/handlers/main.yml':
      '- { name: restart, debug: { msg: "restart of a" } }\n- { name: other, listen: topic, debug: { msg: "other of a" } }\n',
    'roles/a/tasks/main.yml': '- { debug: , changed_when: yes, notify: "{{ what }}" }\n',
  };
  const play = '- hosts: all\n  gather_facts: no\n  roles: [a]\n';

  test.each([
    ['restart', 'restart of a'],
    ['a : restart', 'restart of a'],
    ['topic', 'other of a'],
  ])('are known as %j', async (what, said) => {
    const run = await runProject({ 'site.yml': play, ...files }, { vars: { trusted: { what } } });

    expect([run.failures, run.said.at(-1)]).toEqual([[], said]);
  });

  test('give way to a handler of the same name of the play', async () => {
    const own = `${play}  handlers:\n    - { name: restart, debug: { msg: "restart of the play" } }\n`;
    const run = await runProject({ 'site.yml': own, ...files }, { vars: { trusted: { what: 'restart' } } });

    expect(run.said.at(-1)).toBe('restart of the play');
  });
});

describe('import_role and include_role', () => {
  const role = {
    'roles/a/defaults/main.yml': 'greeting: hello',
    'roles/a/tasks/main.yml': say('{{ greeting }} {{ who }}'),
    'roles/a/tasks/other.yml': say('other {{ ansible_parent_role_names | default([]) }}'),
    'roles/a/handlers/main.yml': '- { name: of a, debug: { msg: handled } }\n',
  };
  const play = (tasks: string) => ({
    'site.yml': `- hosts: all\n  gather_facts: no\n  tasks:\n${tasks}`,
    ...role,
  });

  test("vars of an import are the play's, so that a handler of another use of the role sees them", async () => {
    const run = await runProject({
      'site.yml': `
- hosts: all
  gather_facts: no
  tasks:
    - include_role: { name: greeter, tasks_from: nothing }
    - import_role: { name: greeter }
      vars: { greeting: static }
    - debug: { msg: "{{ greeting }}" }
`,
      'roles/greeter/tasks/main.yml': `- { debug: { msg: main }, changed_when: true, notify: greeted }`,
      'roles/greeter/tasks/nothing.yml': '[]',
      'roles/greeter/handlers/main.yml': `- { name: greeted, debug: { msg: "greeted {{ greeting }}" } }`,
    });

    expect([run.failures, run.said]).toEqual([[], ['main', 'static', 'greeted static']]);
  });

  test('take vars; imported variables are seen by the play, included ones only when public', async () => {
    const tasks = (kind: string, more = '') => `
    - ${kind}: { name: a${more} }
      vars: { who: you }
    - debug: { msg: "{{ greeting | default('unseen') }} {{ who | default('unseen') }}" }
`;

    expect((await runProject(play(tasks('import_role')))).said).toEqual(['hello you', 'hello you']);
    expect((await runProject(play(tasks('include_role')))).said).toEqual(['hello you', 'unseen unseen']);
    expect((await runProject(play(tasks('include_role', ', public: yes')))).said).toEqual([
      'hello you',
      'hello you',
    ]);
  });

  test('run another file of the role, in a loop, with keywords for its tasks', async () => {
    const run = await runProject(
      play(`
    - include_role: { name: a, tasks_from: "{{ item }}", apply: { tags: [t], vars: { who: me } } }
      loop: [main, other.yml]
      when: item != 'none'
`),
    );

    expect([run.failures, run.said]).toEqual([[], ['hello me', 'other []']]);
  });

  test('every include brings handlers that see its variables; the last of them has the name', async () => {
    const run = await runProject({
      'site.yml': `
- hosts: all
  gather_facts: no
  tasks:
    - include_role: { name: told }
      vars: { which: "{{ item }}" }
      loop: [one, two]
    - include_role: { name: told }
      vars: { which: three }
`,
      'roles/told/tasks/main.yml': '- { debug: , changed_when: true, notify: tell }\n',
      'roles/told/handlers/main.yml': '- { name: tell, debug: { msg: "{{ which }}" } }\n',
    });

    expect(run.said.filter((text) => text !== 'Hello world!')).toEqual(['two', 'three']);
  });

  test('that are imported or public count as roles of the play, and go by their names', async () => {
    const run = await runProject({
      'site.yml': `
- hosts: all
  gather_facts: no
  roles: [one]
  tasks:
    - import_role: { name: two }
    - include_role: { name: three }
    - include_role: { name: four, public: yes }
    - debug: { msg: "{{ ansible_play_role_names }}" }
`,
      ...Object.fromEntries(
        ['one', 'two', 'three', 'four'].map((name) => [`roles/${name}/tasks/main.yml`, '- debug:\n']),
      ),
    });

    expect(run.said.at(-1)).toEqual(['one', 'two', 'four']);
    expect(run.events.map(({ task }) => task)).toContain('include_role : three');
  });

  test('a role inside a role knows its parents; its handlers are there once it is included', async () => {
    const run = await runProject({
      ...play('    - include_role: { name: outer }\n'),
      'roles/outer/tasks/main.yml': `
- include_role: { name: a, tasks_from: other }
- { debug: { msg: changes }, changed_when: yes, notify: of a }
`,
    });

    expect([run.failures, run.said]).toEqual([[], ["other ['outer']", 'changes', 'handled']]);
  });

  test('a loop over an import is refused', async () => {
    const run = await runProject(play('    - import_role: { name: a }\n      loop: [1]\n'));

    expect(run.failures[0]?.message).toContain(
      "You cannot use loops on 'import_role' statements. You should use 'include_role' instead.",
    );
  });
});
