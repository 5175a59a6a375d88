import { describe, expect, test } from 'vitest';
import { runProject } from '../testing/run-project.js';

const HOSTS = ['h1', 'h2', 'h3', 'h4', 'h5'];
const play = (tasks: string, more = '') => `- hosts: all\n  gather_facts: no\n${more}  tasks:\n${tasks}`;

describe('serial', () => {
  test.each([
    ['2', [['h1', 'h2'], ['h3', 'h4'], ['h5']]],
    ['"40%"', [['h1', 'h2'], ['h3', 'h4'], ['h5']]],
    ['[1, 3]', [['h1'], ['h2', 'h3', 'h4'], ['h5']]],
    ['"1%"', [['h1'], ['h2'], ['h3'], ['h4'], ['h5']]],
    ['0', [HOSTS]],
  ])('%s makes batches, each with a play of its own', async (serial, batches) => {
    const run = await runProject(
      {
        'site.yml': play(
          '    - debug: { msg: "{{ ansible_play_batch | join(\' \') }}" }\n',
          `  serial: ${serial}\n`,
        ),
      },
      { hosts: HOSTS },
    );

    expect(run.said).toEqual(batches.flatMap((batch) => batch.map(() => batch.join(' '))));
    expect(run.events.filter(({ kind }) => kind === 'play').length).toBe(batches.length);
  });

  test('a batch that fails altogether ends the run; max_fail_percentage ends it sooner', async () => {
    const fails = (who: string) =>
      `    - fail:\n      when: inventory_hostname in [${who}]\n    - { name: after, debug: }\n`;
    const whole = await runProject(
      { 'site.yml': play(fails("'h1', 'h2'"), '  serial: 2\n') },
      { hosts: HOSTS },
    );
    const share = await runProject(
      { 'site.yml': play(fails("'h1'"), '  serial: 2\n  max_fail_percentage: 49\n') },
      { hosts: HOSTS },
    );
    const enough = await runProject(
      { 'site.yml': play(fails("'h1'"), '  serial: 2\n  max_fail_percentage: 50\n') },
      { hosts: HOSTS },
    );

    const after = ({ results }: { results: readonly string[] }) =>
      results.filter((each) => each.endsWith('after: ok'));
    expect([after(whole), after(share), after(enough).length]).toEqual([[], [], 4]);
    expect(share.stats.h2).toMatchObject({ failed: 0 });
  });
});

test.each([
  ['inventory', 'h2 h1 h3'],
  ['reverse_inventory', 'h3 h1 h2'],
  ['sorted', 'h1 h2 h3'],
  ['reverse_sorted', 'h3 h2 h1'],
])('order: %s', async (order, hosts) => {
  const run = await runProject(
    { 'site.yml': play('    - debug: { msg: "{{ inventory_hostname }}" }\n', `  order: ${order}\n`) },
    { hosts: ['h2', 'h1', 'h3'] },
  );

  expect(run.said.join(' ')).toBe(hosts);
});

test('strategy free lets each host go on by itself', async () => {
  const run = await runProject(
    { 'site.yml': play('    - { name: a, debug: }\n    - { name: b, debug: }\n', '  strategy: free\n') },
    { hosts: ['h1', 'h2'], forks: 1 },
  );

  expect(run.results).toEqual(['h1 a: ok', 'h1 b: ok', 'h2 a: ok', 'h2 b: ok']);
});

describe('run_once', () => {
  test('the first host does it, all know the result', async () => {
    const run = await runProject(
      {
        'site.yml': play(
          '    - { run_once: yes, set_fact: { x: "{{ inventory_hostname }}" }, register: r }\n    - debug: { msg: "{{ x }} {{ r.changed }}" }\n',
        ),
      },
      { hosts: ['h1', 'h2'] },
    );

    expect([run.failures, run.said]).toEqual([[], ['h1 False', 'h1 False']]);
    expect([run.stats.h1?.ok, run.stats.h2?.ok]).toEqual([2, 1]);
  });

  test('its failure is the failure of all', async () => {
    const run = await runProject(
      { 'site.yml': play('    - { run_once: yes, fail: }\n    - { name: after, debug: }\n') },
      { hosts: ['h1', 'h2'] },
    );

    expect(run.results).toEqual(['h1 fail: failed']);
  });
});

test('any_errors_fatal ends the play for all, unless a rescue repairs it', async () => {
  const tasks = `
    - any_errors_fatal: yes
      fail:
      when: inventory_hostname == 'h1'
    - { name: after, debug: }
`;
  const block = `
    - any_errors_fatal: yes
      block:
        - fail:
          when: inventory_hostname == 'h1'
      rescue: [{ name: repaired, debug: }]
    - { name: after, debug: }
`;
  const fatal = await runProject({ 'site.yml': play(tasks) }, { hosts: ['h1', 'h2'] });
  const rescued = await runProject({ 'site.yml': play(block) }, { hosts: ['h1', 'h2'] });

  expect([...fatal.results].sort()).toEqual(['h1 fail: failed', 'h2 fail: skipped']);
  expect(rescued.results.slice(2)).toEqual(['h1 repaired: ok', 'h1 after: ok', 'h2 after: ok']);
});

describe('tags', () => {
  const files = {
    'site.yml': play(
      `
    - { name: plain, debug: }
    - { name: a, debug: , tags: a }
    - { name: ab, debug: , tags: [a, b] }
    - { name: always, debug: , tags: always }
    - { name: never, debug: , tags: [never, n] }
    - tags: "{{ block_tag }}"
      block: [{ name: inside, debug: , tags: "c,d" }]
`,
      '  vars: { block_tag: b }\n',
    ),
  };
  test.each([
    [{}, 'plain a ab always inside'],
    [{ tags: ['a'] }, 'a ab always'],
    [{ tags: ['b'] }, 'ab always inside'],
    [{ tags: ['d'] }, 'always inside'],
    [{ tags: ['n'] }, 'always never'],
    [{ tags: ['tagged'] }, 'a ab always inside'],
    [{ tags: ['untagged'] }, 'plain always'],
    [{ skipTags: ['a'] }, 'plain always inside'],
    [{ skipTags: ['always'] }, 'plain a ab inside'],
    [{ skipTags: ['tagged'] }, 'plain'],
    [{ tags: ['a'], skipTags: ['b'] }, 'a always'],
    [{ tags: ['all', 'n'] }, 'plain a ab always never inside'],
  ])('%j choose %s', async (options, names) => {
    const run = await runProject(files, options);

    expect(run.results.map((each) => each.split(':')[0]).join(' ')).toBe(names);
  });
});

test('startAtTask leaves out what stands before it', async () => {
  const run = await runProject(
    {
      'site.yml': play(
        '    - { name: one, debug: }\n    - { name: two, debug: }\n    - { name: three, debug: }\n',
      ),
    },
    { startAtTask: 'tw*' },
  );

  expect(run.results).toEqual(['two: ok', 'three: ok']);
});

test('the hosts and the name of a play may be templates of its variables', async () => {
  const run = await runProject(
    {
      'site.yml': `
- hosts: "{{ where }}"
  name: on {{ where }}
  gather_facts: no
  vars: { where: "h2" }
  tasks:
    - debug: { msg: "{{ ansible_play_name }}" }
`,
    },
    { hosts: HOSTS },
  );

  expect(run.results).toEqual(['h2 debug: ok']);
  expect(run.said).toEqual(['on h2']);
  expect(run.events.find(({ kind }) => kind === 'play')?.play).toBe('on h2');
});

test('limit narrows every play', async () => {
  const run = await runProject({ 'site.yml': play('    - debug:\n') }, { hosts: HOSTS, limit: 'h2:h4' });

  expect(run.results).toEqual(['h2 debug: ok', 'h4 debug: ok']);
});

describe('vars_prompt', () => {
  const files = {
    'site.yml': play(
      '    - debug: { msg: "{{ a }} {{ b }} {{ c }}" }\n',
      `
  vars_prompt:
    - { name: a, prompt: "Which?" }
    - { name: b, default: fallback, private: no, confirm: yes }
    - { name: c }
`,
    ),
  };

  test('asks what the run does not bring itself', async () => {
    const asked: string[] = [];
    const answers = ['typed', 'x', 'y', '', ''];
    const run = await runProject(files, {
      vars: { trusted: { c: 'given' } },
      controller: {
        read: () => Promise.reject(new Error('nothing to read')),
        write: () => Promise.resolve(),
        ask: ({ text, hidden }) => {
          asked.push(`${text}${String(hidden)}`);
          return Promise.resolve(answers.shift() ?? '');
        },
      },
    });

    expect(run.said).toEqual(['typed fallback given']);
    expect(asked).toEqual([
      'Which?: true',
      ...Array.from({ length: 2 }, () => ['b [fallback]: false', 'confirm b [fallback]: false']).flat(),
    ]);
  });

  test('takes the defaults when nobody is there', async () => {
    const run = await runProject(files, { vars: { trusted: { a: 1, c: 2 } } });

    expect(run.said).toEqual(['1 fallback 2']);
    expect(run.events[0]?.message).toBe('Not prompting as we are not in interactive mode');
  });
});

describe('the inventory of the run', () => {
  test('grows by add_host and group_by', async () => {
    const run = await runProject(
      {
        'site.yml': `
- hosts: h1:h2
  gather_facts: no
  tasks:
    - add_host: { name: "new:2222", groups: "fresh, web", color: red }
      register: a
    - add_host: { name: new, groups: [fresh], color: red }
      register: b
    - group_by: { key: "is {{ inventory_hostname }}", parents: [both] }
    - debug: { msg: "{{ (a | default({})).changed | default('-') }} {{ (b | default({})).changed | default('-') }}" }
- hosts: fresh:both
  gather_facts: no
  tasks:
    - debug: { msg: "{{ inventory_hostname }} {{ color | default('-') }} {{ group_names | join(' ') }} {{ groups.web }}" }
`,
      },
      { hosts: ['h1', 'h2'] },
    );

    expect([run.failures, run.said]).toEqual([
      [],
      [
        'True False',
        '- -',
        "new red fresh web ['new']",
        "h1 - both is-h1 ['new']",
        "h2 - both is-h2 ['new']",
      ],
    ]);
  });

  test('set_stats keeps numbers for the end', async () => {
    const run = await runProject(
      {
        'site.yml': play(
          '    - set_stats: { data: { n: 1, l: [a] } }\n    - set_stats: { data: { m: "{{ inventory_hostname }}" }, per_host: yes }\n',
        ),
      },
      { hosts: ['h1', 'h2'] },
    );

    expect(run.customStats).toEqual({ '': { n: 2, l: ['a', 'a'] }, h1: { m: 'h1' }, h2: { m: 'h2' } });
  });
});

describe('what a rescue and the recap know', () => {
  test('a failure that is rescued counts as rescued, a failing rescue as failed too', async () => {
    const run = await runProject({
      'site.yml': play(`
    - block: [{ name: breaks, fail: { msg: why } }]
      rescue:
        - debug: { msg: "{{ ansible_failed_task.name }} {{ ansible_failed_result.msg }}" }
        - fail: { msg: again }
      always: [{ debug: { msg: always } }]
`),
    });

    expect([run.said, run.stats.one]).toEqual([
      ['breaks why', 'always'],
      { ok: 2, changed: 0, unreachable: 0, failed: 1, skipped: 0, rescued: 1, ignored: 0 },
    ]);
  });

  test('an unreachable host is not rescued; ignore_unreachable keeps it', async () => {
    const run = await runProject({
      'site.yml': play(`
    - { ping: , ignore_unreachable: yes, register: r }
    - debug: { msg: "{{ r.unreachable }}" }
    - block: [{ ping: }]
      rescue: [{ debug: { msg: rescued } }]
`),
    });

    expect([run.outcome, run.said, run.stats.one]).toEqual([
      'unreachable',
      [true],
      { ok: 2, changed: 0, unreachable: 1, failed: 0, skipped: 0, rescued: 0, ignored: 1 },
    ]);
  });

  test('module_defaults fill in what a task does not say; groups of modules are passed over', async () => {
    const run = await runProject({
      'site.yml': play(
        '    - debug:\n    - debug: { msg: own }\n',
        '  module_defaults: { debug: { msg: default }, group/aws: { x: 1 } }\n',
      ),
    });

    expect([run.failures, run.said]).toEqual([[], ['default', 'own']]);
  });

  test('hostvars show what belongs to a host, vars all that a task sees', async () => {
    const run = await runProject(
      {
        'site.yml': play(
          `
    - set_fact: { mine: "{{ inventory_hostname }}" }
    - debug: { msg: "{{ hostvars.h2.mine }} {{ hostvars.h2.of_play | default('unseen') }} {{ vars.of_play }}" }
`,
          '  vars: { of_play: 1 }\n',
        ),
      },
      { hosts: ['h1', 'h2'] },
    );

    expect(run.said).toEqual(['h2 unseen 1', 'h2 unseen 1']);
  });
});

test('first_found passes over a candidate that needs what is not defined', async () => {
  const run = await runProject({
    'site.yml': play(
      '    - { debug: { msg: "{{ item | basename }}" }, with_first_found: ["{{ nothing }}.txt", missing.txt, there.txt] }\n',
    ),
    'files/there.txt': '',
  });

  expect([run.failures, run.said]).toEqual([[], ['there.txt']]);
});
