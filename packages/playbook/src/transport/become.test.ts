import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLocalLink } from './local-link.js';
import { startShell } from './start-shell.js';
import type { Become } from './transport.js';
import type { Link } from './warm-connection.js';

/** Asks as sudo does and knows one password; it cannot become anybody, so it says in the environment whom it was to become. */
const SUDO = `#!/bin/sh
never=
while [ "$1" != -- ]; do
  case $1 in -p) prompt=$2; shift ;; -u) user=$2; shift ;; -n) never=1 ;; esac
  shift
done
shift
[ -z "$never" ] || { echo 'sudo: a password is required' >&2; exit 1; }
ask() { printf '%s' "$prompt" >&2; IFS= read -r given || exit 1; [ "$given" = 'p w' ]; }
echo 'We trust you have received the usual lecture.' >&2
until ask; do echo 'Sorry, try again.' >&2; done
BECAME=$user exec "$@"
`;

/** Asks as su does, by the locale. */
const SU = `#!/bin/sh
[ "$LC_ALL" = C ] && printf 'Password: ' >&2 || printf 'Passwort: ' >&2
IFS= read -r given || exit 1
[ "$given" = 'p w' ] || { echo 'su: Authentication failure' >&2; exit 1; }
while [ "$1" != -c ]; do user=$1; shift; done
BECAME=$user exec /bin/sh -c "$2"
`;

let folder: string;
let link: Link;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-become-'));
  for (const [name, text] of [
    ['sudo', SUDO],
    ['su', SU],
    ['silent', '#!/bin/sh\necho hm >&2\nexec sleep 30\n'],
  ] as const) {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), 0o755);
  }
  link = openLocalLink();
});
afterAll(async () => {
  link.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(
  method: 'sudo' | 'su',
  more: Partial<Become> = {},
  startTimeoutMs = 12_000,
): Promise<string> {
  const become = { user: 'somebody', method, exe: join(folder, method), ...more };
  const place = { label: link.label, startTimeoutMs, exec: (command: string) => link.exec(command) };
  const session = await startShell(place, become);
  const script = 'echo "$BECAME ${LC_ALL-unset}"; tr "\\0" " " </proc/$PPID/cmdline; cat';
  const request = { script, stdin: Buffer.from('!'), isolated: false, become };
  const output = await session.run(request, { outputCapBytes: 10_000 });
  session.close(new Error('test over'));
  return output.stdout.toString();
}

test.each(['sudo', 'su'] as const)('%s gets the password when it asks, and nobody else', async (method) => {
  const printed = await ask(method, { password: 'p w' });

  expect(printed).toMatch(/^somebody .*!$/s);
  expect(printed).not.toContain('p w');
});

test.each([
  ['sudo', { password: 'wrong' }, 'Incorrect sudo password'],
  ['su', { password: 'wrong' }, 'Incorrect su password'],
  ['sudo', {}, 'Missing sudo password'],
  ['sudo', { flags: '-H -S' }, 'Missing sudo password'],
  ['su', {}, 'Missing su password'],
  ['sudo', { password: 'p w\nx' }, /^cannot become somebody at this machine: .* more than one line$/],
  ['sudo', { exe: '/no/such/sudo' }, /^cannot become somebody at this machine: .*not found$/],
] as const)('%s with %j fails with %s', async (method, more, message) => {
  await expect(ask(method, more)).rejects.toMatchObject({
    name: 'BecomeError',
    message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
  });
});

test('flags of the author are kept, but for the one that forbids the question', async () => {
  expect(await ask('sudo', { password: 'p w', flags: "-Hn --group='a b'" })).toMatch(/^somebody/);
});

test('who never asks and never starts is given up in time, with what was said', async () => {
  await expect(ask('sudo', { exe: join(folder, 'silent'), password: 'x' }, 1000)).rejects.toMatchObject({
    name: 'BecomeError',
    message: 'Timeout (1s) waiting for privilege escalation prompt: hm',
  });
});
