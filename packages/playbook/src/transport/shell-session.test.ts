import { spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { shellCommand, shellProgram } from './shell-program.js';
import { ShellSession } from './shell-session.js';
import type { RemoteOutput } from './transport.js';

const sessions: ShellSession[] = [];
afterEach(() => sessions.splice(0).forEach((session) => session.close(new Error('test over'))));

/** The shell program as a child of this process: the protocol without a network. */
async function openShell(): Promise<ShellSession> {
  const program = shellProgram('ready');
  const child = spawn('/bin/sh', ['-c', shellCommand(program)], { stdio: 'pipe' });
  child.stdin.on('error', () => undefined);
  child.stdin.write(program);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const session = new ShellSession(
    {
      write: (bytes) => child.stdin.write(bytes),
      onStdout: (listener) => child.stdout.removeAllListeners('data').on('data', listener),
      onStderr: (listener) => child.stderr.removeAllListeners('data').on('data', listener),
      onClose: (listener) => child.on('close', listener),
      destroy: () => child.stdin.end(),
    },
    'the test shell',
  );
  sessions.push(session);
  return session;
}

const CAP = 1_000_000;
async function run(
  session: ShellSession,
  script: string,
  isolated = true,
  stdin?: string,
): Promise<RemoteOutput> {
  const request = {
    script,
    isolated,
    become: undefined,
    ...(stdin !== undefined && { stdin: Buffer.from(stdin) }),
  };
  return session.run(request, { outputCapBytes: CAP });
}

test.each([true, false])(
  'gives stdout, stderr and the exit status apart (isolated: %s)',
  async (isolated) => {
    const session = await openShell();

    const output = await run(session, 'echo out; echo err >&2; exit 3', isolated);

    expect([output.stdout.toString(), output.stderr.toString(), output.rc]).toEqual(['out\n', 'err\n', 3]);
  },
);

test.each([
  'exit 3',
  'exec true',
  'cat',
  'cd /',
  'export X=1',
  'umask 0',
  'kill $$',
  'kill -9 $$',
  'kill 0',
  'kill -9 $PPID',
  'sleep 99 &',
  '(while sleep 0.01; do echo late; echo late >&2; done) &',
  'setsid sh -c "while sleep 0.01; do echo late; done" &',
  'exec >&-',
  'exec 2>&-',
  "trap '' TERM INT",
  'set -e; false',
  'if; then',
  'echo "unfinished',
  'f() { f; }; alias ls=false; X=1; readonly X',
])('%s in one task changes nothing in the next', async (script) => {
  const session = await openShell();
  const probe = 'echo "$PWD $(umask) ${X-unset}"; sleep 0.1; echo error >&2; cat';
  const before = await run(session, probe);

  await run(session, script);
  const after = await run(session, probe);

  expect([after.stdout.toString(), after.stderr.toString(), after.rc]).toEqual([
    before.stdout.toString(),
    'error\n',
    0,
  ]);
});

test('content reaches a plain script byte for byte, and what it does not read is swallowed', async () => {
  const session = await openShell();
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 256));

  const echoed = await session.run(
    { script: 'cat', isolated: false, become: undefined, stdin: bytes },
    { outputCapBytes: CAP },
  );
  await session.run(
    { script: 'true', isolated: false, become: undefined, stdin: bytes },
    { outputCapBytes: CAP },
  );
  const next = await run(session, 'echo next', false);

  expect(echoed.stdout.equals(bytes)).toBe(true);
  expect(next.stdout.toString()).toBe('next\n');
});

test('a script that prints for ever is cut at the cap and its processes are gone', async () => {
  const session = await openShell();

  const output = await session.run(
    { script: 'yes', isolated: true, become: undefined },
    { outputCapBytes: 10_000 },
  );
  const next = await run(session, 'echo next');

  expect(output.ended).toBe('output');
  expect(output.stdout.length).toBe(10_000);
  expect(next.stdout.toString()).toBe('next\n');
});

test('an abort kills the process group, also one that ignores TERM, within two seconds', async () => {
  const session = await openShell();
  const controller = new AbortController();
  const started = Date.now();

  const running = session.run(
    { script: "trap '' TERM; echo $$; sleep 99", isolated: true, become: undefined },
    { outputCapBytes: CAP, signal: controller.signal },
  );
  setTimeout(() => controller.abort(), 50);

  await expect(running).rejects.toThrow('cancelled');
  expect(Date.now() - started).toBeLessThan(2000);
  expect((await run(session, 'echo next')).stdout.toString()).toBe('next\n');
});

test('a timeout ends the task and says so', async () => {
  const session = await openShell();

  const output = await session.run(
    { script: 'echo begun; sleep 99', isolated: true, become: undefined },
    { outputCapBytes: CAP, timeoutMs: 1000 },
  );

  expect([output.ended, output.stdout.toString()]).toEqual(['timeout', 'begun\n']);
});

test('the text of a task is in no process list', async () => {
  const session = await openShell();

  const output = await run(
    session,
    ': a-secret-word; for f in /proc/[0-9]*/cmdline; do tr "\\0" " " <"$f"; echo; done 2>/dev/null',
  );

  expect(output.stdout.toString()).toContain('/dev/fd/3');
  expect(output.stdout.toString()).not.toContain('a-secret-word');
});
