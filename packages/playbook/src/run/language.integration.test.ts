import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../testing/playbook-lab.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
afterAll(() => lab.close());

describe('variables', () => {
  test('a task wins over its block, the block over the play, set_fact over the task, and the run over all', async () => {
    const run = await lab.run(
      `
- vars: { a: block, b: block, c: block }
  block:
    - set_fact: { d: fact }
    - assert: { that: [a == 'task', b == 'block', p == 'play', d == 'fact', e == 'run'] }
      vars: { a: task, d: task, e: task }
`,
      { play: '  vars: { a: play, b: play, p: play, e: play }', vars: { trusted: { e: 'run' } } },
    );

    expect(run.failures).toEqual([]);
  });

  test('values are templated when used, with what is known then', async () => {
    const run = await lab.run(
      `
- set_fact: { port: 8080 }
- assert: { that: [url == 'http://machine:8080/'] }
`,
      { play: '  vars: { url: "http://{{ inventory_hostname }}:{{ port }}/" }' },
    );

    expect(run.failures).toEqual([]);
  });

  test('vars_files are read from beside the playbook, and not from elsewhere', async () => {
    const play = '  vars_files: [more.yml, [missing.yml, other.yml]]';
    const good = await lab.run('- assert: { that: [a == 1, b == true] }', {
      play,
      files: { 'vars/more.yml': 'a: 1', 'other.yml': 'b: yes' },
    });
    const bad = await lab.run('- ping:', { play: '  vars_files: [/etc/hostname]' });

    expect(good.failures).toEqual([]);
    expect(bad.failures[0]?.message).toContain("outside of the playbook's folder");
  });

  test('what a machine prints is never a template', async () => {
    const run = await lab.run(`
- command: echo '{% raw %}{{ 7 * 7 }}{% endraw %}'
  register: r
- set_fact: { kept: "{{ r.stdout }}" }
- assert: { that: ["kept == '{' ~ '{ 7 * 7 }' ~ '}'"] }
`);

    expect(run.failures).toEqual([]);
  });

  test('an undefined variable fails the task with the place and the expression', async () => {
    const run = await lab.run('- debug: { msg: "{{ nothing }}" }');

    expect(run.failures[0]?.message).toMatch(/\{\{ nothing \}\}.*playbook\.yaml:5.*'nothing' is undefined/s);
  });

  test('omit leaves an argument out', async () => {
    const run = await lab.run(`
- copy: { content: x, dest: "{{ dir }}/o", mode: "{{ m | default(omit) }}" }
`);

    expect(run.failures).toEqual([]);
  });
});

describe('conditions and loops', () => {
  test('when skips, and a list of conditions is joined with and', async () => {
    const run = await lab.run(`
- name: never
  command: exit 1
  when: [true, "dir is undefined"]
  register: r
- name: done
  debug:
  when: r is skipped and r.skipped
`);

    expect(run.results).toEqual(['never: skipped', 'done: ok']);
  });

  test('loops keep a result for every item, with labels and an index', async () => {
    const run = await lab.run(`
- name: each
  command: echo {{ word }} {{ i }}
  loop: [a, b, c]
  loop_control: { loop_var: word, index_var: i, label: "<{{ word }}>" }
  when: word != 'b'
  register: r
- assert:
    that:
      - r.results | map(attribute='stdout', default='-') | list == ['a 0', '-', 'c 2']
      - r.results[1].skipped and r.changed and r is not failed
      - r.results[2].word == 'c' and r.results[0].ansible_loop_var == 'word'
`);

    expect(run.failures).toEqual([]);
    expect(
      run.events.flatMap(({ item, status }) => (item === undefined ? [] : [`${item} ${status ?? ''}`])),
    ).toEqual(['<a> changed', '<b> skipped', '<c> changed']);
  });

  test('with_items flattens one level; loop wants a list', async () => {
    const good = await lab.run(
      `
- debug: { msg: "{{ item }}" }
  with_items: [1, [2, 3], "{{ more }}"]
  register: r
- assert: { that: ["r.results | map(attribute='item') | list == [1, 2, 3, 4, 5]"] }
`,
      { vars: { trusted: { more: [4, 5] } } },
    );
    const bad = await lab.run('- debug:\n  loop: text');

    expect(good.failures).toEqual([]);
    expect(bad.failures[0]?.message).toContain('requires a list');
  });

  test('an undefined list is no problem for a task that is skipped', async () => {
    const run = await lab.run('- debug:\n  loop: "{{ nothing }}"\n  when: false');

    expect(run.results).toEqual(['debug: skipped']);
  });

  test('until tries again and counts', async () => {
    const run = await lab.run(`
- shell: echo x >> {{ dir }}/tries; test $(wc -l < {{ dir }}/tries) -ge 3
  register: r
  until: r.rc == 0
  retries: 5
  delay: 0
- assert: { that: [r.attempts == 3] }
`);

    expect(run.failures).toEqual([]);
  });
});

describe('blocks', () => {
  test('rescue repairs and always runs; the host goes on', async () => {
    const run = await lab.run(`
- block:
    - name: breaks
      command: "false"
    - name: never
      debug:
  rescue:
    - name: repairs
      assert: { that: [ansible_failed_task.name == 'breaks', ansible_failed_result.rc == 1] }
  always:
    - name: tidies
      debug:
- name: after
  debug:
`);

    expect(run.results).toEqual(['breaks: failed', 'repairs: ok', 'tidies: ok', 'after: ok']);
    expect(run.outcome).toBe('succeeded');
    expect(run.stats.machine).toMatchObject({ failed: 0, rescued: 1, ok: 3 });
  });

  test('without rescue the failure stays, but always still runs', async () => {
    const run = await lab.run(`
- block: [{ name: breaks, command: "false" }]
  always: [{ name: tidies, debug: }]
- name: after
  debug:
`);

    expect(run.results).toEqual(['breaks: failed', 'tidies: ok']);
    expect(run.failures).toEqual([{ host: 'machine', task: 'breaks', message: 'non-zero return code' }]);
  });

  test('the condition of a block is asked by each of its tasks', async () => {
    const run = await lab.run('- when: false\n  block: [{ debug: }, { debug: }]');

    expect(run.stats.machine?.skipped).toBe(2);
  });
});

describe('handlers', () => {
  const handlers = `  handlers:
    - name: second
      debug: { msg: second }
    - name: first
      listen: topic
      debug: { msg: first }
    - name: never
      debug: { msg: never }`;

  test('run once, at the end, in the order in which they are written, and only when something changed', async () => {
    const run = await lab.run(
      `
- { name: a, command: "true", notify: [topic, second] }
- { name: b, command: "true", notify: second }
- { name: c, debug: , notify: never }
`,
      { play: handlers },
    );

    expect(run.results).toEqual(['a: changed', 'b: changed', 'c: ok', 'second: ok', 'first: ok']);
    expect(run.events.filter((event) => event.kind === 'handler').map((event) => event.task)).toEqual([
      'second',
      'first',
    ]);
  });

  test('flush_handlers runs them now', async () => {
    const run = await lab.run(
      `
- { name: a, command: "true", notify: first }
- meta: flush_handlers
- { name: b, debug: }
`,
      { play: handlers },
    );

    expect(run.results).toEqual(['a: changed', 'first: ok', 'b: ok']);
  });

  test('a host that fails runs none of its handlers, unless forced', async () => {
    const tasks = '- { name: a, command: "true", notify: first }\n- { name: b, command: "false" }';

    const dropped = await lab.run(tasks, { play: handlers });
    const forced = await lab.run(tasks, { play: `${handlers}\n  force_handlers: yes` });

    expect(dropped.results).toEqual(['a: changed', 'b: failed']);
    expect(forced.results).toEqual(['a: changed', 'b: failed', 'first: ok']);
    expect(forced.outcome).toBe('failed');
  });

  test('a handler that nobody has is said before anything runs, and ends the run when it is notified', async () => {
    const literal = await lab.run('- { command: "true", notify: frist }', { play: handlers });
    const templated = await lab.run('- { command: "true", notify: "{{ \'none\' }}" }', { play: handlers });

    expect(literal.events[0]?.message).toContain(
      'no handler is called "frist" or listens to it; did you mean "first"?',
    );
    for (const { failures, outcome } of [literal, templated])
      expect([outcome, failures[0]?.message]).toEqual([
        'failed',
        expect.stringMatching(/The requested handler '(frist|none)' was not found/),
      ]);
  });
});

describe('hosts', () => {
  test('a failing host leaves the play, the others go on', async () => {
    const run = await lab.run(
      `
- name: breaks one
  command: "false"
  when: inventory_hostname == 'b'
- name: after
  debug: { msg: "{{ ansible_play_hosts }}" }
`,
      { hosts: ['a', 'b', 'c'] },
    );

    expect(run.outcome).toBe('failed');
    expect(run.results.filter((result) => result === 'after: ok').length).toBe(2);
    expect(run.failures).toEqual([{ host: 'b', task: 'breaks one', message: 'non-zero return code' }]);
  });

  test('meta: end_play ends without fault', async () => {
    const run = await lab.run('- debug:\n- meta: end_play\n- fail:');

    expect([run.outcome, run.results]).toEqual(['succeeded', ['debug: ok']]);
  });
});

describe('becoming', () => {
  test('become changes the user, become: no in a task drops to the login user', async () => {
    const run = await lab.run(
      `
- { command: id -un, register: other }
- { command: id -un, register: login, become: no }
- { command: id -un, register: root, become_user: root }
- assert: { that: [other.stdout == 'nobody', login.stdout == me, root.stdout == 'root'] }
`,
      { play: '  become: yes\n  become_user: nobody', vars: { trusted: { me: process.env.USER ?? 'root' } } },
    );

    expect(run.failures).toEqual([]);
  });

  test('a user that cannot be become is a failed task and no unreachable host', async () => {
    const run = await lab.run('- { command: id, become: yes, become_user: no-such-user }');

    expect(run.outcome).toBe('failed');
    expect(run.failures[0]?.message).toContain('cannot become no-such-user');
  });
});

describe('what nobody may see', () => {
  test('no_log hides output, items and messages in every event', async () => {
    const run = await lab.run(`
- command: sh -c 'echo the-secret {{ item }}; exit 1'
  loop: [the-secret]
  no_log: yes
  ignore_errors: yes
`);

    expect(JSON.stringify(run.events)).not.toContain('the-secret');
    expect(JSON.stringify(run.failures)).not.toContain('the-secret');
  });
});

describe('confinement', () => {
  test.each([
    ['- { command: id, delegate_to: localhost }', 'delegating to localhost'],
    ['- local_action: command id', 'delegating to localhost'],
    ['- { command: id, delegate_to: elsewhere }', 'only hosts of the inventory'],
    ['- { command: id, vars: { ansible_connection: local } }', 'ansible_connection "local"'],
    [`- debug: { msg: "{{ lookup('pipe', 'id') }}" }`, 'pipe'],
    [`- debug: { msg: "{{ lookup('env', 'HOME') }}" }`, 'env'],
    [`- debug: { msg: "{{ lookup('file', '/etc/passwd') }}" }`, 'file'],
  ])('%s is refused', async (task, word) => {
    const run = await lab.run(task);

    expect(run.outcome).toBe('failed');
    expect(run.failures[0]?.message).toContain(word);
  });

  test('a host that a task has added is not reached, and this machine is no host', async () => {
    const run = await lab.run('- add_host: { name: stranger }\n- { command: id, delegate_to: stranger }');
    const local = await lab.run('- command: id', { play: '- hosts: localhost\n  gather_facts: no' });

    expect(run.failures[0]?.message).toContain('stranger is no machine that this run was given');
    expect(local.failures[0]?.message).toContain('would run this on the machine of the synchronizer');
  });

  test('a play with connection local is a wrong playbook', async () => {
    const run = await lab.run('- ping:', { play: '  connection: local' });

    expect(run.failures[0]?.message).toContain('connection "local" is refused');
  });

  test('tenant data is no condition, expression, name of a user, of hosts or of a file to read', async () => {
    const vars = { unsafe: { x: 'dir is defined' } };

    for (const task of [
      '- { debug: , when: "{{ x }}" }',
      '- assert: { that: "{{ x }}" }',
      '- debug: { var: "{{ x }}" }',
      '- { command: id, become: yes, become_user: "{{ x }}" }',
      '- copy: { src: "{{ x }}", dest: "{{ dir }}/x" }',
      '- include_tasks: "{{ x }}.yml"',
      '- include_role: { name: "{{ x }}" }',
      '- import_tasks: "{{ x }}.yml"',
      '- include_vars: "{{ x }}.yml"',
    ]) {
      const run = await lab.run(task, { vars });
      expect([task, run.outcome, run.failures[0]?.message]).toEqual([
        task,
        'failed',
        expect.stringMatching(/refused|untrusted/),
      ]);
    }
  });
});

test('cancelling ends the run within two seconds and kills what runs on the machine', async () => {
  const started = Date.now();

  const run = await lab.run('- shell: echo $$ > {{ dir }}/pid; sleep 60\n- debug:', {
    signal: AbortSignal.timeout(300),
  });
  const alive = await lab.run('- shell: kill -0 $(cat {{ dir }}/pid)');

  expect(run.outcome).toBe('cancelled');
  expect(Date.now() - started).toBeLessThan(4000);
  expect(alive.outcome).toBe('failed');
});

test('the same variables in another playbook of the same transport are not there any more', async () => {
  await lab.run('- set_fact: { left: over }');

  const next = await lab.run('- assert: { that: left is undefined }');

  expect(next.failures).toEqual([]);
});
