import { describe, expect, test } from 'vitest';
import { runProject } from '../testing/run-project.js';

const play = (tasks: string, more = '') => `- hosts: all\n  gather_facts: no\n${more}  tasks:\n${tasks}`;
const SAY = '- { name: say, debug: { msg: "{{ what }}" } }\n';

describe('import_tasks', () => {
  test('puts the tasks into the play, with its keywords, below folders of their own', async () => {
    const run = await runProject(
      {
        'site.yml': play(`
    - import_tasks: tasks/first.yml
      vars: { what: one }
      tags: t
      when: what != 'no'
`),
        'tasks/first.yml': `${SAY}- import_tasks: "{{ 'second' }}.yml"\n  vars: { what: two }\n`,
        'tasks/second.yml': SAY,
      },
      { tags: ['t'] },
    );

    expect([run.failures, run.said]).toEqual([[], ['one', 'two']]);
  });

  test('a name may be made of extra variables and those of the play, not of facts', async () => {
    const files = {
      'site.yml': play('    - import_tasks: "{{ a }}-{{ b }}.yml"\n', '  vars: { b: y }\n'),
      'x-y.yml': SAY,
    };

    const good = await runProject(files, { vars: { trusted: { a: 'x', what: 'ok' } } });
    const bad = await runProject(files);

    expect(good.said).toEqual(['ok']);
    expect(bad.failures[0]?.message).toMatch(/site\.yml:\d+.*'a' is undefined/s);
  });

  test('a file that is not there, or imports itself, is a wrong playbook', async () => {
    const missing = await runProject({ 'site.yml': play('    - import_tasks: no.yml\n') });
    const loop = await runProject({
      'site.yml': play('    - import_tasks: a.yml\n'),
      'a.yml': '- import_tasks: a.yml\n',
    });

    expect(missing.failures[0]?.message).toContain('cannot find no.yml; looked for');
    expect(loop.failures[0]?.message).toContain('imported by itself');
  });
});

describe('include_tasks', () => {
  test('a file that is not there fails its host whatever ignore_errors says; a rescue helps', async () => {
    const include = '    - include_tasks: no.yml\n      ignore_errors: yes\n    - debug: { msg: after }\n';
    const run = await runProject({ 'site.yml': play(include) });
    const rescued = await runProject({
      'site.yml': play(
        '    - block: [{ include_tasks: no.yml }]\n      rescue: [{ debug: { msg: "{{ ansible_failed_result.reason }}" } }]\n',
      ),
    });

    expect(run.said).toEqual([]);
    expect(run.failures[0]?.message).toMatch(/Could not find or access '.*no\.yml'/);
    expect(rescued.said).toEqual([expect.stringMatching(/Could not find or access '.*no\.yml'/)]);
  });

  test('adds tasks when it is reached; its own when and tags are its own', async () => {
    const files = {
      'site.yml': play(`
    - set_fact: { file: more, what: said }
    - include_tasks: "{{ file }}.yml"
      when: what == 'said'
      vars: { extra: seen }
      tags: always
`),
      'more.yml': `${SAY}- set_fact: { what: changed }\n- { name: still, debug: { msg: "{{ what }} {{ extra }}" } }\n`,
    };

    expect((await runProject(files)).said).toEqual(['said', 'changed seen']);
  });

  test('loops, with the item for the tasks, and tells what it includes', async () => {
    const run = await runProject({
      'site.yml': play(`
    - include_tasks: { file: "{{ item }}.yml", apply: { when: "item != 'b'" } }
      loop: [a, b, a]
      loop_control: { index_var: i }
`),
      'a.yml': '- { name: a, debug: { msg: "a {{ i }}" } }\n',
      'b.yml': '- { name: b, debug: { msg: b } }\n',
    });

    expect(run.said).toEqual(['a 0', 'a 2']);
    expect(run.results).toEqual(['a: ok', 'b: skipped', 'a: ok']);
    expect(
      run.events
        .filter(({ kind }) => kind === 'included')
        .map(({ path, hosts, item }) => [path?.split('/').at(-1), hosts, item]),
    ).toEqual([
      ['a.yml', ['one'], 'a'],
      ['b.yml', ['one'], 'b'],
      ['a.yml', ['one'], 'a'],
    ]);
    // Each included file counts, as in Ansible.
    expect(run.stats.one).toMatchObject({ ok: 5, skipped: 1 });
  });

  test('hosts that include the same file go through it together', async () => {
    const run = await runProject(
      {
        'site.yml': play("    - include_tasks: \"{{ 'b' if inventory_hostname == 'two' else 'a' }}.yml\"\n"),
        'a.yml': '- { name: a, debug: }\n',
        'b.yml': '- { name: b, debug: }\n',
      },
      { hosts: ['one', 'two', 'three'] },
    );

    expect(run.results).toEqual(['one a: ok', 'three a: ok', 'two b: ok']);
  });

  test('a file that is not there fails the hosts that want it, and can be rescued', async () => {
    const run = await runProject({
      'site.yml': play(`
    - block: [{ include_tasks: no.yml }]
      rescue: [{ name: rescued, debug: }]
`),
    });

    expect([run.outcome, run.results]).toEqual(['succeeded', ['include_tasks: failed', 'rescued: ok']]);
    expect(run.events.find(({ status }) => status === 'failed')?.message).toMatch(
      /Could not find or access '.*no.yml' on the Ansible Controller\./,
    );
  });

  test('tags of the tasks inside count for themselves', async () => {
    const files = {
      'site.yml': play('    - { include_tasks: more.yml, tags: [t] }\n'),
      'more.yml': '- { name: tagged, debug: , tags: t }\n- { name: plain, debug: }\n',
    };

    expect((await runProject(files, { tags: ['t'] })).results).toEqual(['tagged: ok']);
  });
});

test('the old include gives its parameters to the tasks', async () => {
  const run = await runProject({
    'site.yml': play(
      "    - include: more.yml what=one\n    - include: \"{{ 'more' }}.yml what='two words'\"\n",
    ),
    'more.yml': SAY,
  });

  expect([run.failures, run.said]).toEqual([[], ['one', 'two words']]);
});

describe('import_playbook', () => {
  test('adds the plays of another file, with variables, a condition and tags', async () => {
    const run = await runProject(
      {
        'site.yml': `
- import_playbook: sub/other.yml
  vars: { what: outer }
  when: what == 'outer'
  tags: t
`,
        'sub/other.yml': play(
          '    - debug: { msg: "{{ what }} {{ playbook_dir | basename }}" }\n',
          '  vars: { what: inner }\n',
        ),
      },
      { tags: ['t'] },
    );

    expect([run.failures, run.said]).toEqual([[], ['outer sub']]);
  });
});

describe('include_vars', () => {
  test('reads a file, a folder, or into a name, and set_fact wins over it', async () => {
    const run = await runProject({
      'site.yml': play(
        `
    - set_fact: { a: fact }
    - include_vars: a.yml
    - include_vars: { dir: vars/all }
    - include_vars: { file: a.yml, name: named }
    - debug: { msg: "{{ a }} {{ b }} {{ c }} {{ named.b }}" }
`,
        '  vars: { b: play }\n',
      ),
      'vars/a.yml': 'a: file\nb: file',
      'vars/all/1.yml': 'c: 1',
      'vars/all/deep/2.yml': 'c: 2',
    });

    expect([run.failures, run.said]).toEqual([[], ['fact file 2 file']]);
  });
});
