import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../testing/playbook-lab.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
afterAll(() => lab.close());

describe('tasks that travel together', () => {
  test('leave the same variables, counters and events as one after the other', async () => {
    const run = await lab.run(`
- { name: a, command: echo one, register: a, changed_when: no }
- { name: b, copy: { content: "x", dest: "{{ dir }}/b" } }
- { name: c, set_fact: { c: "{{ a.stdout }} two" } }
- { name: d, command: "echo {{ c }}", register: d }
- { name: e, stat: { path: "{{ dir }}/b" }, register: e }
- { name: f, debug: , when: e.stat.exists }
- { name: g, assert: { that: [d.stdout == 'one two', e.stat.size == 1, "a.stdout == 'one'"] } }
`);

    expect(run.failures).toEqual([]);
    expect(
      run.events.map(({ kind, task, status }) => [kind, task, status].filter(Boolean).join(' ')),
    ).toEqual([
      'play',
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((name) => [
        `task ${name}`,
        `result ${name} ${['b', 'd'].includes(name) ? 'changed' : 'ok'}`,
      ]),
      'recap',
    ]);
    expect(run.stats.machine).toMatchObject({ ok: 7, changed: 2 });
  });

  test('nothing of what stands behind a failure happens', async () => {
    const run = await lab.run(`
- { name: a, file: { path: "{{ dir }}/touched", state: absent } }
- { name: b, file: { path: "{{ dir }}/no/such", state: file } }
- { name: c, file: { path: "{{ dir }}/touched", state: touch } }
- { name: d, command: "touch {{ dir }}/touched" }
`);
    const looked = await lab.run(
      '- { stat: { path: "{{ dir }}/touched" }, register: s, failed_when: s.stat.exists }',
    );

    expect(run.results).toEqual(['a: ok', 'b: failed']);
    expect(looked.failures).toEqual([]);
  });

  test('a failure that is ignored, or is none, holds nothing back, and each task runs once', async () => {
    const run = await lab.run(`
- { name: a, shell: 'echo a >>{{ dir }}/log; exit 3', ignore_errors: yes }
- { name: b, shell: 'echo b >>{{ dir }}/log; exit 4', failed_when: no }
- { name: c, shell: "echo c >>{{ dir }}/log" }
- { name: d, command: "cat {{ dir }}/log", register: log }
- assert: { that: ["log.stdout_lines == ['a', 'b', 'c']"] }
`);

    expect(run.failures).toEqual([]);
    expect(run.results.slice(0, 4)).toEqual(['a: ignored', 'b: changed', 'c: changed', 'd: changed']);
    expect(run.stats.machine).toMatchObject({ ok: 5, ignored: 1 });
  });

  test('a task whose failure is decided here holds the next one back', async () => {
    const run = await lab.run(`
- { name: a, file: { path: "{{ dir }}/decided", state: touch }, register: r, failed_when: r.changed }
- { name: b, file: { path: "{{ dir }}/decided", state: absent } }
`);
    const looked = await lab.run(
      '- { stat: { path: "{{ dir }}/decided" }, register: s, failed_when: not s.stat.exists }',
    );

    expect(run.results).toEqual(['a: failed']);
    expect(looked.failures).toEqual([]);
  });

  test('items of a loop come in order; one that fails ends none of the others', async () => {
    const run = await lab.run(`
- name: loop
  file: { path: "{{ dir }}/item-{{ item }}", state: "{{ 'file' if item == 'b' else 'touch' }}" }
  loop: [a, b, c, d]
  register: r
  ignore_errors: yes
- { name: after, assert: { that: ["r.results | map(attribute='item') | join == 'abcd'", "r.results[1] is failed", "r.results[3] is changed"] } }
`);

    expect(run.failures).toEqual([]);
    expect(
      run.events.flatMap(({ kind, item, status }) =>
        item === undefined ? [] : [`${kind} ${item} ${status ?? ''}`],
      ),
    ).toEqual(['result a changed', 'result b ignored', 'result c changed', 'result d changed']);
  });
});

describe('async', () => {
  test('a job is waited for and its result is that of the module', async () => {
    const run = await lab.run(
      `
- { shell: 'sleep 0.1; echo done; exit 3', async: 20, poll: 1, register: r, ignore_errors: yes }
- assert: { that: [r.rc == 3, r.stdout == 'done', r.finished == 1] }
- { command: "ls -A {{ home }}/.ansible_async", register: left, failed_when: r.ansible_job_id in left.stdout }
`,
      { vars: { trusted: { home: process.env.HOME ?? '/root' } } },
    );

    expect(run.failures).toEqual([]);
  });

  test('poll 0 starts it and goes on; async_status follows it and cleans up', async () => {
    const run = await lab.run(`
- { shell: 'while [ ! -e {{ dir }}/go ]; do sleep 0.05; done; echo gone on', async: 30, poll: 0, register: job }
- { async_status: { jid: "{{ job.ansible_job_id }}" }, register: early }
- { file: { path: "{{ dir }}/go", state: touch } }
- { async_status: { jid: "{{ job.ansible_job_id }}" }, register: late, until: late.finished, retries: 50, delay: 0 }
- assert: { that: [job.started == 1, job.finished == 0, early.finished == 0, late.stdout == 'gone on', late is changed] }
- async_status: { jid: "{{ job.ansible_job_id }}", mode: cleanup }
- { async_status: { jid: "{{ job.ansible_job_id }}" }, register: gone, failed_when: gone.msg != 'could not find job' }
`);

    expect(run.failures).toEqual([]);
  });

  test('a module that looks first acts without being asked again', async () => {
    const run = await lab.run(`
- { command: "touch {{ dir }}/made", args: { creates: "{{ dir }}/made" }, async: 30, poll: 0 }
- { wait_for: { path: "{{ dir }}/made", timeout: 10, sleep: 1 } }
`);

    expect(run.failures).toEqual([]);
  });

  test('one that takes longer than it may is a failure', async () => {
    const run = await lab.run('- { command: sleep 30, async: 1, poll: 1 }');

    expect(run.failures[0]?.message).toBe('async task did not complete within the requested time - 1s');
    expect(run.stats.machine).toMatchObject({ changed: 0, failed: 1 });
  });

  test('one that nobody waits for is ended as well, and says so when it is asked', async () => {
    const run = await lab.run(`
- { command: sleep 30, async: 1, poll: 0, register: job }
- { async_status: { jid: "{{ job.ansible_job_id }}" }, register: r, until: r.finished, retries: 20, delay: 1, failed_when: r.finished and r.msg != 'Timeout exceeded' }
`);

    expect(run.failures).toEqual([]);
  });

  test('a job that ends by itself as timeout(1) would is no late one', async () => {
    const run = await lab.run(
      '- { shell: exit 124, async: 20, poll: 1, register: r, failed_when: r.rc != 124 }',
    );

    expect(run.failures).toEqual([]);
  });
});

describe('check mode and diffs', () => {
  test('a task may have its own mind about both', async () => {
    const run = await lab.run(
      `
- { name: predicted, copy: { content: "x\\n", dest: "{{ dir }}/check" } }
- { name: done, copy: { content: "y\\n", dest: "{{ dir }}/really" }, check_mode: no, diff: no }
- { name: said, debug: { msg: "{{ ansible_check_mode }}" } }
`,
      { checkMode: true, diffMode: true },
    );
    const looked = await lab.run('- { shell: "cat {{ dir }}/really; test ! -e {{ dir }}/check" }');

    expect(looked.failures).toEqual([]);
    const diffs = run.events
      .filter(({ kind }) => kind === 'result')
      .map(({ task, diff }) => [task, diff?.[0]?.after]);
    expect(diffs).toEqual([
      ['predicted', 'x\n'],
      ['done', undefined],
      ['said', undefined],
    ]);
  });
});

describe('becoming', () => {
  test('variables win over keywords, and su is a way too', async () => {
    const run = await lab.run(`
- { command: id -un, become: no, vars: { ansible_become: yes, ansible_become_user: nobody }, register: a }
- { command: id -un, become: yes, become_user: nobody, become_method: su, become_flags: "-s /bin/sh", register: b }
- assert: { that: [a.stdout == 'nobody', b.stdout == 'nobody'] }
- { command: id, become: yes, become_method: doas }
`);

    expect(run.failures[0]?.message).toBe('become_method "doas" is not supported; use sudo or su');
  });
});

test('delegated work is told with the host that did it; its facts stay with the host that wanted it', async () => {
  const run = await lab.run(
    `
- { name: there, command: echo x, delegate_to: b, when: inventory_hostname == 'a', register: r }
- { set_fact: { of: "{{ inventory_hostname }}" }, delegate_to: b, delegate_facts: yes, when: inventory_hostname == 'a' }
- assert: { that: [hostvars.b.of == 'a', "inventory_hostname == 'b' or of is undefined"] }
`,
    { hosts: ['a', 'b'] },
  );

  expect(run.failures).toEqual([]);
  expect(run.events.find(({ task, status }) => task === 'there' && status === 'changed')).toMatchObject({
    host: 'a',
    delegatedTo: 'b',
  });
});

test('retries are told with how many are left; throttle and environment are heeded', async () => {
  const run = await lab.run(`
- environment: [{ A: one }, { B: "{{ 'two' }}" }]
  throttle: 1
  shell: echo x >>{{ dir }}/tries; echo $A $B; test "$(wc -l <{{ dir }}/tries)" -ge 3
  register: r
  until: r is succeeded
  delay: 0
  retries: 4
- assert: { that: [r.stdout == 'one two', r.attempts == 3] }
`);

  expect(run.failures).toEqual([]);
  expect(run.events.flatMap(({ kind, triesLeft }) => (kind === 'retry' ? [triesLeft] : []))).toEqual([4, 3]);
});
