import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Invocation } from './invocation.js';
import { main } from './main.js';

const cwd = mkdtempSync(join(tmpdir(), 'cli-'));
chmodSync(cwd, 0o755);
afterAll(() => rmSync(cwd, { recursive: true }));

/** Runs a program on this machine, without ssh. */
async function run(name: string, words: readonly string[], more: Partial<Invocation> = {}) {
  let [out, error] = ['', ''];
  const code = await main(name, {
    ...{ words, cwd, env: { HOME: cwd }, isTerminal: false, columns: undefined, ask: undefined },
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    readInput: () => Promise.resolve(Buffer.from('from stdin')),
    signal: new AbortController().signal,
    ...more,
  });
  return { code, out, error };
}

const play = (tasks: string, more = '') =>
  `- name: Test\n  hosts: all\n  connection: local\n  gather_facts: no\n${more}  tasks:\n${tasks.trim().replaceAll(/^/gm, '    ')}\n`;

function playbook(text: string): string {
  writeFileSync(join(cwd, 'site.yml'), text);
  return 'site.yml';
}

const LOCAL = ['-i', 'web1,', '-c', 'local'];

test('a run prints what Ansible prints, and ends with 0', async () => {
  const tasks =
    '- name: say\n  debug:\n    msg: "{{ greeting }}"\n- name: do\n  command: echo {{ item }}\n  loop: [1]';

  const { code, out, error } = await run('tenon-playbook', [
    ...LOCAL,
    ...['-e', 'greeting="good day"'],
    playbook(play(tasks)),
  ]);

  expect(error).toBe('');
  expect(out).toBe(
    `\nPLAY [Test] ${'*'.repeat(68)}\n\nTASK [say] ${'*'.repeat(69)}\nok: [web1] => {\n    "msg": "good day"\n}\n\n` +
      `TASK [do] ${'*'.repeat(70)}\nchanged: [web1] => (item=1)\n\nPLAY RECAP ${'*'.repeat(69)}\n` +
      'web1                       : ok=2    changed=1    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0   \n\n',
  );
  expect(code).toBe(0);
});

test('a failed host ends a run with 2, and the next playbook does not begin', async () => {
  const site = playbook(play('- command: "false"'));

  const { code, out } = await run('tenon-playbook', [...LOCAL, site, site]);

  expect(code).toBe(2);
  expect(out.match(/PLAY \[/g)).toHaveLength(1);
  expect(out).toMatch(/^fatal: \[web1\]: FAILED! => \{"changed": true, "cmd": \["false"\].*"rc": 1/m);
});

test('an unreachable host ends a run with 4', async () => {
  const site = playbook(play('- ping:').replace('  connection: local\n', ''));

  const { code, out } = await run('tenon-playbook', ['-i', '127.0.0.1:1,', '-T', '2', site]);

  expect(code).toBe(4);
  expect(out).toMatch(/^fatal: \[127.0.0.1\]: UNREACHABLE! => \{"changed": false, "msg": /m);
});

test.each([
  ['what cannot be parsed', ['-i', 'a,', 'bad.yml'], 4, 'is neither a module nor a keyword'],
  ['a playbook that is not there', ['-i', 'a,', 'none.yml'], 1, 'the playbook: none.yml could not be found'],
  [
    'a limit that matches nothing',
    ['-i', 'a,', '-l', 'x', 'good.yml'],
    1,
    'leaves us with no hosts to target',
  ],
  ['an unknown option', ['--nonsense'], 2, 'tenon-playbook: error: unrecognized arguments: --nonsense'],
  ['no playbook', ['-i', 'a,'], 2, 'the following arguments are required: playbook'],
  [
    'variables that are none',
    ['-i', 'a,', '-e', '[1]', 'good.yml'],
    5,
    'could not be made into a dictionary',
  ],
  ['a password and nobody to ask', ['-i', 'a,', '-K', 'good.yml'], 1, 'there is no terminal'],
  ['a wrong connection', ['-i', 'a,', '-c', 'winrm', 'good.yml'], 5, 'only ssh and local are known'],
])('%s has its exit code and says why', async (_, words, code, sentence) => {
  writeFileSync(join(cwd, 'bad.yml'), play('- nonsense: {}'));
  writeFileSync(join(cwd, 'good.yml'), play('- ping:'));

  const result = await run('tenon-playbook', words);

  expect(result.error).toContain(sentence);
  expect(result.code).toBe(code);
});

test('no host that matches is no failure', async () => {
  const site = playbook(play('- ping:').replace('hosts: all', 'hosts: nobody'));

  expect((await run('tenon-playbook', [...LOCAL, site])).code).toBe(0);
});

test('Ctrl-C ends a run with 99 and what it has started', async () => {
  const cancellation = new AbortController();
  const site = playbook(play(`- shell: echo $$ > ${cwd}/pid; exec sleep 600`));
  const running = run('tenon-playbook', [...LOCAL, site], { signal: cancellation.signal });
  await expect.poll(() => existsSync(join(cwd, 'pid')), { timeout: 20_000 }).toBe(true);
  cancellation.abort();

  const { code, error } = await running;

  expect(code).toBe(99);
  expect(error).toContain('User interrupted execution');
  const pid = readFileSync(join(cwd, 'pid'), 'utf8').trim();
  await expect.poll(() => isAlive(Number(pid)), { timeout: 5000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] !== 'Z';
  } catch {
    return false;
  }
}

test('--check predicts, --diff shows', async () => {
  const path = join(cwd, 'checked');
  const site = playbook(play(`- copy: {content: "a\\n", dest: ${path}}`));

  const { out } = await run('tenon-playbook', [...LOCAL, '-CD', site]);

  expect(out).toContain('@@ -0,0 +1 @@\n+a\n\nchanged: [web1]');
  expect(() => readFileSync(path)).toThrow();
});

test('tags, lists and the syntax check', async () => {
  const tasks =
    '- name: one\n  ping:\n  tags: [a, b]\n- ping:\n- block:\n    - name: three\n      ping:\n  rescue:\n    - name: four\n      ping:\n  tags: c';
  const site = playbook(play(tasks, '  tags: p\n'));

  expect((await run('tenon-playbook', [...LOCAL, '--list-tasks', site])).out).toBe(
    '\nplaybook: site.yml\n\n  play #1 (all): Test\tTAGS: [p]\n    tasks:\n      one\tTAGS: [a, b, p]\n      ping\tTAGS: [p]\n      three\tTAGS: [c, p]\n',
  );
  expect((await run('tenon-playbook', [...LOCAL, '--list-tags', site])).out).toContain(
    '      TASK TAGS: [a, b, c, p]\n',
  );
  expect((await run('tenon-playbook', [...LOCAL, '--list-hosts', site])).out).toContain(
    "    pattern: ['all']\n    hosts (1):\n      web1\n",
  );
  expect((await run('tenon-playbook', [...LOCAL, '--syntax-check', site])).out).toBe(
    '\nplaybook: site.yml\n',
  );
  const tagged = await run('tenon-playbook', [...LOCAL, '-t', 'c', site]);
  expect(tagged.out.match(/TASK \[.*\]/g)).toEqual(['TASK [three]']);
});

test('the configuration chooses callbacks and colours', async () => {
  const site = playbook(play('- ping:'));
  const env = { HOME: cwd, ANSIBLE_STDOUT_CALLBACK: 'json', ANSIBLE_CALLBACKS_ENABLED: 'timer' };

  const { out } = await run('tenon-playbook', [...LOCAL, site], { env });

  const [document = ''] = out.split('\nPlaybook run took');
  expect(JSON.parse(document)).toMatchObject({
    stats: { web1: { ok: 1, failures: 0 } },
    plays: [{ tasks: [{ hosts: { web1: { action: 'ping', ping: 'pong' } } }] }],
  });
  const coloured = await run('tenon-playbook', [...LOCAL, site], {
    env: { HOME: cwd, ANSIBLE_FORCE_COLOR: '1' },
  });
  expect(coloured.out).toContain('\u001b[0;32mok: [web1]\u001b[0m');
});

test('what is hidden by no_log is in no output, however verbose', async () => {
  const tasks =
    '- command: echo {{ item }}\n  loop: [s3cret]\n  no_log: true\n- command: echo s3cret; exit 1\n  no_log: true';
  const site = playbook(play(tasks));

  for (const callback of ['default', 'json', 'yaml', 'minimal', 'oneline']) {
    const env = { HOME: cwd, ANSIBLE_STDOUT_CALLBACK: callback };
    const { out, error } = await run('tenon-playbook', [...LOCAL, '-vvvv', '-D', site], { env });
    expect(out + error).not.toContain('s3cret');
  }
});

test('an ad-hoc command prints a paragraph a host', async () => {
  const adhoc = (...words: string[]) => run('tenon-adhoc', [...LOCAL, ...words]);

  expect((await adhoc('all', '-a', 'echo hi')).out).toBe('web1 | CHANGED | rc=0 >>\nhi\n');
  expect((await adhoc('all', '-m', 'ping')).out).toBe(
    'web1 | SUCCESS => {\n    "changed": false,\n    "ping": "pong"\n}\n',
  );
  expect((await adhoc('all', '-o', '-m', 'ping', '-a', '{"data": "x"}')).out).toBe(
    'web1 | SUCCESS => {"changed": false,"ping": "x"}\n',
  );
  expect((await adhoc('all', '-a', 'false')).code).toBe(2);
  expect((await adhoc('all', '--list-hosts')).out).toBe('  hosts (1):\n    web1\n');
  expect(await adhoc('nobody', '-m', 'ping')).toMatchObject({
    code: 0,
    error: expect.stringContaining('No hosts matched, nothing to do') as string,
  });
  expect((await adhoc('all', '-m', 'shell')).code).toBe(5);
});

test('a vaulted file is made, read and opened again', async () => {
  writeFileSync(join(cwd, 'password'), 'pw\n');
  const file = join(cwd, 'secret.yml');
  writeFileSync(file, 'word: hidden\n');
  const vault = (...words: string[]) => run('tenon-vault', [...words, '--vault-password-file', 'password']);

  expect((await vault('encrypt', file)).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n/);
  expect((await vault('view', file)).out).toBe('word: hidden\n');
  const site = playbook(play('- debug: {var: word}'));
  const shown = await run('tenon-playbook', [
    ...LOCAL,
    '-e',
    `@${file}`,
    '--vault-password-file',
    'password',
    site,
  ]);
  expect(shown.out).toContain('"word": "hidden"');
  expect((await vault('encrypt_string', '-n', 'x', 'y')).out).toMatch(/^x: !vault \|\n {10}\$ANSIBLE_VAULT/);
  expect((await vault('decrypt', file)).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('word: hidden\n');
});

test('lint ends with 2 when it finds something', async () => {
  mkdirSync(join(cwd, 'books'), { recursive: true });
  writeFileSync(join(cwd, 'books', 'a.yml'), '- name: A\n  hosts: all\n  tasks:\n    - ping:\n');

  const found = await run('tenon-playbook', ['lint', join(cwd, 'books')]);
  const skipped = await run('tenon-playbook', ['lint', '-x', 'name', join(cwd, 'books')]);

  expect(found).toMatchObject({ code: 2, error: '1 files, 1 findings\n' });
  expect(found.out).toMatch(/books\/a\.yml:4: name\[missing\]: this task \(ping\) has no name; /);
  expect(skipped).toMatchObject({ code: 0, out: '' });
});

test('help and version', async () => {
  expect((await run('tenon-playbook', ['--help'])).out).toContain('-i INVENTORY, --inventory INVENTORY');
  expect((await run('tenon-playbook', ['--version'])).out).toMatch(/^tenon-playbook \S+ \[core 2\.14\.18\]/);
  expect((await run('tenon-vault', ['nonsense'])).code).toBe(1);
});

test('--step asks before a task, and does what is not wished for nobody', async () => {
  const site = playbook(play('- name: one\n  command: touch one\n- name: two\n  command: touch two'));
  const answers = ['n', 'y'];
  const ask = () => Promise.resolve(answers.shift() ?? '');

  const { code, out } = await run('tenon-playbook', [...LOCAL, '--step', site], { ask });

  expect(code).toBe(0);
  expect(out).not.toContain('TASK [one]');
  expect(out).toContain('TASK [two]');
  expect((await run('tenon-playbook', [...LOCAL, '--step', site])).error).toMatch(
    'cannot run step by step: no terminal is there to ask at; leave out --step',
  );
});

test('ansible_playbook_python is the first python3 of the path', async () => {
  mkdirSync(join(cwd, 'bin'));
  writeFileSync(join(cwd, 'bin', 'python3'), '');
  const env = { HOME: cwd, PATH: `/nowhere:${cwd}/bin` };

  const { out } = await run(
    'tenon-playbook',
    [...LOCAL, playbook(play('- debug: { var: ansible_playbook_python }'))],
    { env },
  );

  expect(out).toContain(`"ansible_playbook_python": "${cwd}/bin/python3"`);
});

test('a long output arrives whole, however slowly it is read', async () => {
  const site = playbook(play(`- debug: { msg: "{{ 'x' * 1000000 }}" }`));
  const program = join(import.meta.dirname, '..', '..', 'bin', 'tenon-playbook');
  const child = spawn(program, [...LOCAL, site], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });

  let out = '';
  for await (const chunk of child.stdout) out += String(chunk);

  expect(out.length).toBeGreaterThan(1_000_000);
  expect(out).toContain('PLAY RECAP');
});
