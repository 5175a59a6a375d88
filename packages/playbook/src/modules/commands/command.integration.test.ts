import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../../testing/playbook-lab.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(lab.folder);
});
afterAll(() => lab.close());

const text = async (name: string) => (await readFile(join(lab.folder, name))).toString();

describe('command and shell', () => {
  test('command runs no shell and expands the variables of the machine in the playbook’s own words', async () => {
    const run = await lab.run(
      `
- command: printf '%s|' "a b" $HOME '$(id)' "it's" ; ls
  register: c
- assert: { that: "c.stdout == 'a b|' ~ ansible_env_home ~ '|$(id)|it\\\\'s|;|ls|'" }
`,
      { vars: { trusted: { ansible_env_home: process.env.HOME ?? '/root' } } },
    );

    expect(run.failures).toEqual([]);
  });

  test('a tainted word is one word, whatever it holds', async () => {
    const run = await lab.run(
      `
- command: printf '%s|' {{ m }} {{ m }}
  register: c
- copy: { content: "{{ c.stdout }}", dest: "{{ dir }}/out" }
`,
      { vars: { unsafe: { m: 'a  b; $(id) "' } } },
    );

    expect(run.failures).toEqual([]);
    expect(await text('out')).toBe('a  b; $(id) "|a  b; $(id) "|');
  });

  test('stdin, chdir and environment reach the command', async () => {
    const run = await lab.run(`
- shell: cat; echo "$GREETING from $PWD"
  args: { stdin: "line 'one'", chdir: "{{ dir }}" }
  environment: { GREETING: "it's $(id)" }
  register: c
- copy: { content: "{{ c.stdout }}", dest: "{{ dir }}/out" }
`);

    expect(run.failures).toEqual([]);
    expect(await text('out')).toBe(`line 'one'\nit's $(id) from ${lab.folder}`);
  });

  test('another shell gets the same text', async () => {
    const run = await lab.run(
      '- shell: a=(1 2 3); echo "${a[2]} {{ m }}" > {{ dir }}/out\n  args: { executable: /bin/bash }',
      { vars: { unsafe: { m: '`id`' } } },
    );

    expect(run.failures).toEqual([]);
    expect(await text('out')).toBe('3 `id`\n');
  });

  test('a failing command fails with what it printed; ignore_errors and failed_when decide', async () => {
    const run = await lab.run(`
- name: ignored
  shell: echo out; echo err >&2; exit 3
  ignore_errors: yes
  register: r
- name: told otherwise
  command: "false"
  failed_when: no
  changed_when: no
- name: seen
  assert: { that: [r.rc == 3, r.stdout == 'out', "r.stderr_lines == ['err']", r is failed, r.failed] }
- name: fails
  command: test -e /no/such
`);

    expect(run.results).toEqual(['ignored: ignored', 'told otherwise: ok', 'seen: ok', 'fails: failed']);
    expect(run.stats.machine).toEqual({
      ok: 3,
      changed: 1,
      unreachable: 0,
      failed: 1,
      skipped: 0,
      rescued: 0,
      ignored: 1,
    });
    expect(run.failures).toEqual([{ host: 'machine', task: 'fails', message: 'non-zero return code' }]);
  });

  test.each([
    [
      'command: no-such-program "a b"',
      "[Errno 2] No such file or directory: b'no-such-program'",
      "no-such-program 'a b'",
    ],
    [
      'shell: { cmd: echo a, executable: /no/shell }',
      "[Errno 2] No such file or directory: b'/no/shell'",
      "/no/shell -c 'echo a'",
    ],
  ])('%s cannot be started', async (task, msg, cmd) => {
    const run = await lab.run(
      `- ${task}\n  register: r\n  ignore_errors: yes\n- assert: { that: [r is failed, r is not changed, r.rc == 2, r.msg == msg, r.cmd == cmd] }`,
      { vars: { trusted: { msg, cmd } } },
    );

    expect(run.failures).toEqual([]);
  });

  test.each([
    ['missing', 2, 'No such file or directory'],
    ['file', 20, 'Not a directory'],
  ])('chdir to what is %s fails with the words of the system', async (name, code, why) => {
    await writeFile(join(lab.folder, 'file'), '');
    const run = await lab.run(`- command: { cmd: pwd, chdir: "{{ dir }}/${name}" }`);

    expect(run.failures[0]?.message).toBe(
      `Unable to change directory before execution: [Errno ${code}] ${why}: b'${lab.folder}/${name}'`,
    );
  });

  test('chdir and creates leave no positional parameters for the command', async () => {
    const run = await lab.run(
      `- shell: { cmd: 'echo "$#"', chdir: "{{ dir }}", creates: none }\n  register: r\n- assert: { that: r.stdout == '0' and r.msg == '' }`,
    );

    expect(run.failures).toEqual([]);
  });

  test('a task that prints for ever is cut and fails with that reason', async () => {
    const run = await lab.run('- command: /usr/bin/yes', { outputCapBytes: 50_000 });

    expect(run.failures[0]?.message).toContain('printed more than 50000 bytes');
  });

  test('a task that takes longer than its timeout fails with that reason', async () => {
    const run = await lab.run('- command: sleep 60\n  timeout: 1');

    expect(run.failures[0]?.message).toContain(
      'failed to execute in the expected time frame (1) and was terminated',
    );
  });
});
