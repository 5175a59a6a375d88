import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeSshHome, type SshHomeFolder } from '../testing/ssh-home.js';
import { startSshd, type TestSshd } from '../testing/sshd.js';
import { createInventoryTransport, type InventoryTransportDefaults } from './inventory-transport.js';
import { generateKeyPair } from './keys.js';
import type { ConnectionWishes, Transport } from './transport.js';

const call = promisify(execFile);
const limits = { outputCapBytes: 100_000 };

let keys: SshHomeFolder;
let sshd: TestSshd;
let name: string;
beforeAll(async () => {
  keys = await makeSshHome({ none: '' });
  await call('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', keys.path('host_ecdsa')]);
  sshd = await startSshd([`HostKey ${keys.path('host_ecdsa')}`]);
  name = `[127.0.0.1]:${sshd.target.port}`;
});
afterAll(async () => {
  await sshd.stop();
  await keys.remove();
});

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Somebody's home: by default the key and the machine are known. */
async function home(files: Readonly<Record<string, string>> = {}): Promise<SshHomeFolder> {
  const made = await makeSshHome({
    id_ed25519: sshd.target.privateKey,
    known_hosts: `${name} ${sshd.target.hostKey}\n`,
    ...files,
  });
  cleanups.push(() => made.remove());
  return made;
}

function open(
  { homeFolder }: SshHomeFolder,
  wishes: ConnectionWishes = {},
  more: Partial<InventoryTransportDefaults> = {},
): Transport {
  const { host, port, user } = sshd.target;
  const transport = createInventoryTransport({
    homeFolder,
    userName: user,
    wishes: { address: host, port, ...wishes },
    ...more,
  });
  cleanups.push(() => transport.close());
  return transport;
}

async function say(transport: Transport, wishes: ConnectionWishes = {}): Promise<string> {
  const connection = await transport.connect('machine', { wishes });
  const request = { script: 'echo hello', become: undefined, isolated: true };
  return (await connection.run(request, limits)).stdout.toString().trim();
}

function refusal(code: string, text: RegExp): unknown {
  const message = expect.stringMatching(text) as string;
  return expect.objectContaining({ name: 'UnreachableError', code, message }) as unknown;
}

describe('the key of the machine', () => {
  const other = generateKeyPair('other').publicKey;

  test('that is known lets the tasks in, and the connection stays', async () => {
    const transport = open(await home());

    expect(await say(transport)).toBe('hello');
    expect(await transport.connect('machine', {})).toBe(await transport.connect('machine', {}));
  });

  test('that is unknown is refused, saying what to do; without checking it is remembered', async () => {
    const unknown = await home({ known_hosts: '' });

    await expect(say(open(unknown))).rejects.toEqual(
      refusal(
        'host-key',
        /^cannot reach \S+@127\.0\.0\.1:\d+: Host key verification failed: .*ssh-keyscan -p/,
      ),
    );
    expect(await say(open(unknown, { hostKeyChecking: false }))).toBe('hello');
    expect(await say(open(unknown))).toBe('hello');
    expect(await unknown.read('known_hosts')).toBe(
      `${name} ${sshd.target.hostKey.split(' ', 2).join(' ')}\n`,
    );
  });

  test('that has changed is refused, with and without checking', async () => {
    const changed = await home({ known_hosts: `${name} ${other}\n` });
    const text = /REMOTE HOST IDENTIFICATION HAS CHANGED: .*known_hosts:1.*ssh-keygen -R/;

    await expect(say(open(changed))).rejects.toEqual(refusal('host-key', text));
    await expect(say(open(changed, { hostKeyChecking: false }))).rejects.toEqual(refusal('host-key', text));
    const forgetful = ['-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null'];
    expect(await say(open(changed, { sshArguments: forgetful }))).toBe('hello');
  });

  test('that is revoked, or only vouched for by an authority, is refused', async () => {
    const revoked = await home({
      known_hosts: `@revoked * ${sshd.target.hostKey}\n${name} ${sshd.target.hostKey}\n`,
    });
    const vouched = await home({ known_hosts: `@cert-authority * ${other}\n` });

    await expect(say(open(revoked))).rejects.toEqual(refusal('host-key', /@revoked/));
    await expect(say(open(vouched))).rejects.toEqual(refusal('host-key', /@cert-authority .*not supported/));
  });

  test('is asked for in the type that is known', async () => {
    const ecdsa = await keys.read('host_ecdsa.pub');

    expect(await say(open(await home({ known_hosts: `${name} ${ecdsa}` })))).toBe('hello');
  });

  test('is found in hashed names and in other files', async () => {
    const hashed = await home();
    await call('ssh-keygen', ['-H', '-f', hashed.path('known_hosts')]);
    const elsewhere = await home({ known_hosts: '', elsewhere: `${name} ${sshd.target.hostKey}\n` });
    const knownHostsFile = elsewhere.path('elsewhere');

    expect(await hashed.read('known_hosts')).not.toContain('127.0.0.1');
    expect(await say(open(hashed))).toBe('hello');
    expect(await say(open(elsewhere, {}, { knownHostsFile }))).toBe('hello');
    expect(await say(open(elsewhere, { sshArguments: [`-o UserKnownHostsFile=${knownHostsFile}`] }))).toBe(
      'hello',
    );
  });
});

describe('the key of the person', () => {
  test('is the named one, or that is missed', async () => {
    const named = await home({ id_ed25519: 'nonsense', mine: sshd.target.privateKey });

    expect(await say(open(named, { privateKeyFile: named.path('mine') }))).toBe('hello');
    expect(await say(open(named, { sshArguments: [`-i ${named.path('mine')}`] }))).toBe('hello');
    await expect(say(open(named, { privateKeyFile: '/no/such/key' }))).rejects.toEqual(
      refusal('configuration', /^cannot reach \S+: the private key file cannot be read: .*no such file/),
    );
    await expect(say(open(named))).rejects.toEqual(
      refusal('configuration', /neither an ssh agent nor a key/),
    );
  });

  test('that the machine does not know is said to be missing there', async () => {
    const stranger = await home({ id_ed25519: generateKeyPair('stranger').privateKey });

    await expect(say(open(stranger))).rejects.toEqual(
      refusal(
        'authentication',
        /^cannot reach \S+: Permission denied: the machine refused the key; .*authorized_keys/,
      ),
    );
  });

  test('may have a passphrase, which is asked for, or in the agent', async () => {
    const locked = await home({ id_ed25519: 'nonsense', locked: sshd.target.privateKey });
    const privateKeyFile = locked.path('locked');
    const socket = locked.path('agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket]);
    cleanups.push(async () => {
      agent.kill();
      await once(agent, 'exit');
    });
    await once(agent.stdout, 'data');
    await call('ssh-add', ['-q', privateKeyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    await call('ssh-keygen', ['-q', '-p', '-N', 'secret', '-f', privateKeyFile]);
    const asked = (passphrase: string) =>
      open(locked, { privateKeyFile }, { askPassphrase: () => Promise.resolve(passphrase) });

    expect(await say(asked('secret'))).toBe('hello');
    await expect(say(asked('wrong'))).rejects.toEqual(
      refusal('configuration', /the passphrase .* is wrong$/),
    );
    await expect(say(open(locked, { privateKeyFile }))).rejects.toEqual(
      refusal('configuration', /has a passphrase; add it to the agent with ssh-add/),
    );
    expect(await say(open(locked, {}, { agentSocket: socket }))).toBe('hello');
    expect(await say(open(locked, { privateKeyFile }, { agentSocket: socket }))).toBe('hello');
    const noAgent = { ...{ privateKeyFile }, sshArguments: ['-o IdentitiesOnly=yes'] };
    await expect(say(open(locked, noAgent, { agentSocket: socket }))).rejects.toThrow('has a passphrase');
    const gone = await home();
    expect(await say(open(gone, {}, { agentSocket: '/no/such/agent' }))).toBe('hello');
  });
});

describe('a machine behind others', () => {
  const config = () => `
Host first second target
  HostName 127.0.0.1
  Port ${sshd.target.port}
Host loop-a
  ProxyJump loop-b
Host loop-b
  ProxyJump loop-a
`;

  test('is reached through one jump host, or several', async () => {
    const jumping = await home({ config: config() });

    expect(await say(open(jumping, { sshArguments: ['-o ProxyJump=first'] }))).toBe('hello');
    expect(await say(open(jumping, { sshArguments: ['-J first,second'] }))).toBe('hello');
  });

  test('is reached through a program', async () => {
    const script =
      'const s=require("net").connect(+process.argv[2],process.argv[1]);process.stdin.pipe(s).pipe(process.stdout)';
    const command = `${process.execPath} -e '${script}' %h %p`;
    const piping = await home({ config: `Host *\n ProxyCommand ${command}\n` });

    expect(await say(open(piping))).toBe('hello');
    await expect(say(open(piping, { sshArguments: ['-o ProxyCommand="echo broken >&2"'] }))).rejects.toEqual(
      refusal('refused', /^cannot reach \S+: the ProxyCommand has ended: broken;/),
    );
  });

  test('is unreachable when a jump host is, is not trusted, or leads back', async () => {
    const jumping = await home({ config: config() });
    const strange = await home({ config: `Host first\n HostName localhost\n Port ${sshd.target.port}\n` });

    await expect(say(open(jumping, { sshArguments: ['-J 127.0.0.1:1'] }))).rejects.toEqual(
      refusal(
        'refused',
        /^cannot reach \S+: no way through 127.0.0.1:1: cannot reach \S+: connect ECONNREFUSED/,
      ),
    );
    await expect(say(open(strange, { sshArguments: ['-J first'] }))).rejects.toEqual(
      refusal('host-key', /no way through first: .*Host key verification failed/),
    );
    await expect(say(open(jumping, { sshArguments: ['-J loop-a'] }))).rejects.toEqual(
      refusal('refused', /one jump host leads to the other and back/),
    );
    await expect(say(open(jumping, { port: 1, sshArguments: ['-J first'] }))).rejects.toEqual(
      refusal('refused', /no way through first: .*refused/i),
    );
  });
});

test('every wish of a play has its own connection to the same machine', async () => {
  const transport = open(await home());

  const first = await transport.connect('machine', {});
  const patient = await transport.connect('machine', { wishes: { timeoutMs: 60_000 } });

  expect(patient).not.toBe(first);
  expect(await transport.connect('machine', {})).toBe(first);
});

describe('without ssh', () => {
  const local = { kind: 'local' } as const;

  test('a script runs here, and the next run completes when its shell was lost', async () => {
    const transport = open(await home());
    const connection = await transport.connect('machine', { wishes: local });
    const run = (script: string) => connection.run({ script, become: undefined, isolated: false }, limits);

    const output = await run('echo $PPID');
    const broken = run('kill -9 $$');

    expect(Number(output.stdout.toString())).toBe(process.pid);
    await expect(broken).rejects.toMatchObject({ name: 'UnreachableError', code: 'lost' });
    expect(await say(transport, local)).toBe('hello');
  });
});
