import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { untilGone } from '../testing/process-list.js';
import { openLocalLink } from './local-link.js';
import { shellProgram } from './shell-program.js';
import type { ShellSession } from './shell-session.js';
import { startShell } from './start-shell.js';
import type { Become, RemoteOutput, RemoteRequest } from './transport.js';

const sessions: ShellSession[] = [];
afterEach(() => sessions.splice(0).forEach((session) => session.close(new Error('test over'))));

/** The shell program as a child of this process: the protocol without a network. */
async function openShell(become?: Become): Promise<ShellSession> {
  const session = await startShell(openLocalLink(), become);
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

function plain(script: string, more: Partial<RemoteRequest> = {}): RemoteRequest {
  return { script, isolated: false, become: undefined, ...more };
}

function shown({ rc, stdout, skipped }: RemoteOutput): unknown {
  return skipped === true ? 'skipped' : [rc, stdout.toString().trim()];
}

test('requests that were sent ahead are answered in order, each with its own', async () => {
  const session = await openShell();
  const limits = { outputCapBytes: CAP };
  const big = Buffer.alloc(300_000, 'x');

  const outputs = await Promise.all([
    session.run(plain('cat; exit 1', { stdin: big }), limits),
    session.run(plain('echo two; echo error >&2'), limits),
    session.run(plain('cat', { stdin: Buffer.from('three') }), limits),
    session.run(plain('echo four', { isolated: true }), limits),
    session.run(plain('echo five'), limits),
  ]);

  expect(outputs[0].stdout.equals(big)).toBe(true);
  expect(outputs[1].stderr.toString()).toBe('error\n');
  expect(outputs.slice(1).map(shown)).toEqual([
    [0, 'two'],
    [0, 'three'],
    [0, 'four'],
    [0, 'five'],
  ]);
});

test.each([
  ['plain', 'true', ['ran', 'ran']],
  ['plain', 'exit 78', ['skipped', 'skipped']],
  ['isolated', 'true', ['ran', 'ran']],
  ['isolated', 'exit 1', ['skipped', 'skipped']],
])('what follows only success behind %s "%s" is %j', async (kind, script, expected) => {
  const session = await openShell();
  const limits = { outputCapBytes: CAP };
  const first = plain(script, { isolated: kind === 'isolated' });
  const after = plain('cat', { stdin: Buffer.from('ran'), after: 'success' });

  const outputs = await Promise.all([
    session.run(first, limits),
    session.run(after, limits),
    session.run(plain('echo ran', { isolated: true, after: 'success' }), limits),
    session.run(plain('echo last'), limits),
  ]);

  const results = outputs.map((output) =>
    output.skipped === true ? 'skipped' : output.stdout.toString().trim(),
  );
  expect(results.slice(1)).toEqual([...expected, 'last']);
});

test('an abort ends a plain script and what it started, and what was sent behind it never runs', async () => {
  const session = await openShell();
  const controller = new AbortController();
  const started = Date.now();
  const limits = { outputCapBytes: CAP, signal: controller.signal };

  const running = session.run(plain('sleep 98.76'), limits);
  const behind = session.run(plain('echo never >&2'), limits);
  setTimeout(() => controller.abort(), 50);

  await expect(running).rejects.toThrow('cancelled');
  await expect(behind).rejects.toThrow('cancelled');
  await untilGone('sleep 98.76', 2000);
  expect(Date.now() - started).toBeLessThan(2000);
});

test.each(['plain', 'isolated'])(
  'a timeout of a %s request in a group ends it and skips what depends on it',
  async (kind) => {
    const session = await openShell();
    const limits = { outputCapBytes: CAP };

    const [first, slow, dependent] = await Promise.all([
      session.run(plain('echo first'), limits),
      session.run(plain('echo begun; sleep 98.77', { isolated: kind === 'isolated' }), {
        ...limits,
        timeoutMs: 1000,
      }),
      session.run(plain('echo never', { after: 'success' }), limits),
    ]);

    expect([first, dependent].map(shown)).toEqual([[0, 'first'], 'skipped']);
    expect([slow.ended, slow.stdout.toString()]).toEqual(['timeout', 'begun\n']);
    await untilGone('sleep 98.77', 2000);
  },
);

test('a plain script that prints for ever is cut at the cap, and memory stays flat', async () => {
  const session = await openShell();
  const before = process.memoryUsage().rss;

  const output = await session.run(plain('yes'), { outputCapBytes: 10_000 });

  expect([output.ended, output.stdout.length]).toEqual(['output', 10_000]);
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

const AWKWARD = ` a\tb\rc\u0001\u007f\n\n\\ \\\\ ÁÈ\u0081\u0088 😀 \u{10ffff} "$x" \`y\` %s\\n `;

test.each([
  ['a short script', true, ''],
  ['a short script', false, ''],
  ['a long script', true, '#'.repeat(5000)],
  ['a long script', false, '#'.repeat(5000)],
])('%s arrives as it is, to the last backslash (isolated: %s)', async (_, isolated, filler) => {
  const session = await openShell();

  const output = await run(session, `${filler}\nprintf '%s' '${AWKWARD}' end\\`, isolated);

  expect(output.stdout.toString()).toBe(`${AWKWARD}end\\`);
  expect((await run(session, 'echo next', isolated)).stdout.toString()).toBe('next\n');
});

test.each([
  ['of lines', '2 0'],
  ['of bytes', '0 100'],
])('a script %s that did not arrive whole is not run', async (_, size) => {
  const sh = spawn('/bin/sh', ['-c', shellProgram('ready')]);
  const ended = once(sh, 'close');
  let printed = '';
  sh.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));

  sh.stdin.end(`plain first always 1 0 0\necho whole\nplain second always ${size} 0\necho torn\n`);
  await ended;

  expect(printed).toMatch(/^ready\d+\nfirstBwhole\nfirstE0\n$/);
});
