import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../../testing/playbook-lab.js';

let lab: PlaybookLab;
let server: Server | undefined;

beforeAll(async () => {
  lab = await openPlaybookLab();
});

afterEach(() => {
  server?.close();
  server = undefined;
});

afterAll(() => lab.close());

/** Gives the port of a server that greets and then keeps quiet. */
async function greet(text: string): Promise<number> {
  const listening = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(text);
    setTimeout(() => socket.destroy(), 20_000).unref();
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('wait_for', () => {
  test('a port that listens, and what it says first', async () => {
    const port = await greet('220 mail.example.org ready\r\n');

    const run = await lab.run(`
- wait_for: { port: ${port}, timeout: 5 }
- wait_for: { port: ${port}, timeout: 5, search_regex: '(?P<code>\\d+) (\\S+)' }
  register: r
- assert:
    that:
      - r.match_groups == ['220', 'mail.example.org'] and r.match_groupdict.code == '220'
      - r.state == 'started' and r.port == ${port} and r.path is none and r.elapsed < 5
`);

    expect(run.failures).toEqual([]);
    expect(run.results[0]).toBe('wait_for: ok');
  });

  test('a port that nobody listens on is stopped, and never started', async () => {
    const port = await greet('');
    await new Promise((resolve) => server?.close(resolve));

    const run = await lab.run(`
- wait_for: { port: ${port}, state: stopped, timeout: 5 }
- wait_for: { port: ${port}, state: drained, timeout: 5 }
- wait_for: { port: ${port}, timeout: 1 }
`);

    expect(run.failures).toEqual([
      { host: 'machine', task: 'wait_for', message: `Timeout when waiting for 127.0.0.1:${port}` },
    ]);
  });

  test('a port with a connection is not drained', async () => {
    const port = await greet('');
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');

    const run = await lab.run(`- wait_for: { port: ${port}, state: drained, timeout: 1, msg: still busy }`);
    client.destroy();

    expect(run.failures[0]?.message).toBe('still busy');
  });

  test('a file, a text in it, and its end', async () => {
    const path = join(lab.folder, 'a log');
    await writeFile(path, 'one\nuser=root ok\n');

    const run = await lab.run(`
- wait_for: { path: "{{ dir }}/a log" }
- wait_for: { path: "{{ dir }}/a log", search_regex: '^user=(\\w+)' }
  register: r
- assert: { that: "r.match_groups == ['root']" }
- wait_for: { path: "{{ dir }}/nothing", state: absent }
- wait_for: { path: "{{ dir }}/a log", search_regex: nowhere, timeout: 1 }
`);

    expect(run.failures.map(({ message }) => message)).toEqual([
      `Timeout when waiting for search string nowhere in ${path}`,
    ]);
  });

  test('it sees what comes while it waits', async () => {
    const path = join(lab.folder, 'later');

    const run = await lab.run(`
- shell: (sleep 1; echo ready > {{ dir }}/later) >/dev/null 2>&1 &
- wait_for: { path: "{{ dir }}/later", timeout: 20 }
`);

    expect(run.failures).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('ready\n');
  });

  test.each([
    ['{ port: 1, path: /x }', 'port and path parameter can not both be passed to wait_for'],
    ['{ path: /x, state: drained }', 'state=drained should only be used for checking a port'],
    ['{ port: 1, exclude_hosts: 1.2.3.4 }', 'exclude_hosts should only be with state=drained'],
    ['{ port: 1, host: ../../etc/passwd }', 'is no name or address of a host'],
  ])('%s is refused', async (args, sentence) => {
    const run = await lab.run(`- wait_for: ${args}`);

    expect(run.failures[0]?.message).toContain(sentence);
  });
});

test('wait_for_connection makes a new connection and is no change', async () => {
  const run = await lab.run(`
- wait_for_connection: { timeout: 20 }
  register: r
- assert: { that: r.elapsed >= 0 }
`);

  expect(run.failures).toEqual([]);
  expect(run.results[0]).toBe('wait_for_connection: ok');
});

describe('pause', () => {
  test('waits for seconds, and says how long', async () => {
    const run = await lab.run(`
- pause: { seconds: 0 }
  register: r
- assert:
    that: [r.delta == 1, r.stdout is match('Paused for 1.* seconds'), r.user_input == '', r.echo]
`);

    expect(run.failures).toEqual([]);
  });

  test('a question that nobody can answer is no pause', async () => {
    const run = await lab.run('- pause: { prompt: Really? }');

    expect(run.results).toEqual(['pause: ok']);
  });

  test('the person at the terminal is asked', async () => {
    const asked: { text: string; hidden: boolean }[] = [];
    const controller = {
      read: readFile,
      write: (path: string, content: Buffer) => writeFile(path, content),
      ask: (question: { text: string; hidden: boolean }) => {
        asked.push(question);
        return Promise.resolve('yes');
      },
    };

    const run = await lab.run(
      `
- pause: { prompt: Really?, echo: no }
  register: r
- assert: { that: r.user_input == 'yes' }
`,
      { controller },
    );

    expect(run.failures).toEqual([]);
    expect(asked).toEqual([{ text: 'Really? (output is hidden):', hidden: true }]);
  });

  test.each([
    ['{ seconds: 1, minutes: 1 }', 'parameters are mutually exclusive: minutes|seconds'],
    ['{ seconds: soon }', 'non-integer value given for prompt duration'],
  ])('%s is refused', async (args, sentence) => {
    const run = await lab.run(`- pause: ${args}`);

    expect(run.failures[0]?.message).toContain(sentence);
  });
});

describe('reboot', () => {
  /** What stands in for a boot: another number, and the end of the connection it came over. */
  const command = () =>
    `echo new >${lab.folder}/boot; p=$$; until [ "$(cat /proc/$p/comm)" = sshd ] || [ "$(cat /proc/$p/comm)" = sshd-session ]; do p=$(sed -n "s/^PPid:\\t//p" /proc/$p/status); done; kill -9 $p`;

  test('loses the connection, finds a machine that was started anew, and tries it', async () => {
    await mkdir(lab.folder, { recursive: true });
    await writeFile(join(lab.folder, 'boot'), 'old\n');

    const run = await lab.run(`
- reboot:
    boot_time_command: cat {{ dir }}/boot
    reboot_command: ${JSON.stringify(command())}
    test_command: test -e {{ dir }}/boot
    reboot_timeout: 30
  register: r
- assert: { that: [r.rebooted, r.changed] }
`);

    expect(run.failures).toEqual([]);
    expect(run.results[0]).toBe('reboot: changed');
  });

  test('a machine that never goes down is not back in time', async () => {
    const run = await lab.run(`
- reboot: { boot_time_command: echo same, reboot_command: "true", reboot_timeout: 1 }
`);

    expect(run.failures[0]?.message).toBe('Timed out waiting for last boot time check (timeout=1)');
  });

  test('a command that fails is the reason', async () => {
    const run = await lab.run('- reboot: { reboot_command: "echo no >&2; false" }');

    expect(run.failures[0]?.message).toBe("Reboot command failed. Error was: ', no'");
  });

  test('check mode only says so', async () => {
    await appendFile(join(lab.folder, 'boot'), 'kept\n');

    const run = await lab.run('- reboot: { reboot_command: "rm {{ dir }}/boot" }', { checkMode: true });

    expect(run.results).toEqual(['reboot: changed']);
    expect(await readFile(join(lab.folder, 'boot'), 'utf8')).toContain('kept');
  });
});
