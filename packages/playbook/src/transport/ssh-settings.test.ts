import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSshSettings, type SshSettings } from './ssh-settings.js';
import type { ConnectionWishes } from './transport.js';

const FILES = {
  '.ssh/config': `
# a comment
Include config.d/*.conf
Host web-* !web-9
  HostName = %h.example.org
  User "deploy er"
  Port 2200
  IdentityFile ~/.ssh/%n
Host behind
  ProxyJump jump@bastion:2022,second
Host piped
  ProxyCommand ssh -W %h:%p "the bastion"
Match exec "true"
  User never
Host *
  IdentityFile ~/.ssh/all
  ConnectTimeout 3
  ServerAliveInterval 30
`,
  '.ssh/config.d/a.conf': 'Host web-1\n  Port 2201\n',
  other: 'User other\nHost x\nUserKnownHostsFile none\nIdentitiesOnly yes\n',
};

let homeFolder: string;
beforeAll(async () => {
  homeFolder = await mkdtemp(join(tmpdir(), 'tenon-home-'));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(homeFolder, name)), { recursive: true });
    await writeFile(join(homeFolder, name), text);
  }
});
afterAll(() => rm(homeFolder, { recursive: true, force: true }));

function read(alias: string, wishes: ConnectionWishes = {}): Promise<SshSettings> {
  return readSshSettings(alias, wishes, { homeFolder, userName: 'me' });
}

test('blocks of the configuration count in their order, with what they include', async () => {
  expect(await read('web-1')).toMatchObject({
    host: 'web-1.example.org',
    port: 2201,
    user: 'deploy er',
    identityFiles: [`${homeFolder}/.ssh/web-1`, `${homeFolder}/.ssh/all`],
    timeoutMs: 3000,
    keepaliveMs: 30_000,
    trust: {
      name: '[web-1.example.org]:2201',
      userFiles: [`${homeFolder}/.ssh/known_hosts`],
      checking: true,
    },
  });
  expect(await read('web-9')).toMatchObject({ host: 'web-9', port: 22, user: 'me' });
});

test('a wish counts before an argument, and that before the configuration', async () => {
  const sshArguments = ['-o User=argued -o Port=7 -o StrictHostKeyChecking=yes'];

  expect(
    await read('web-2', { user: 'wished', sshArguments, hostKeyChecking: false, timeoutMs: 1 }),
  ).toMatchObject({
    user: 'wished',
    port: 7,
    timeoutMs: 1,
    trust: { checking: false },
  });
});

test('hops and programs on the way', async () => {
  expect(await read('behind')).toMatchObject({
    jumps: ['jump@bastion:2022', 'second'],
    proxyCommand: undefined,
  });
  expect(await read('piped')).toMatchObject({ jumps: [], proxyCommand: 'ssh -W piped:22 "the bastion"' });
  expect((await read('behind', { sshArguments: ['-o ProxyJump=none'] })).jumps).toEqual([]);
  expect(await read('behind', { sshArguments: ['-o ProxyCommand="nc %h %p"'] })).toMatchObject({
    jumps: [],
    proxyCommand: 'nc behind 22',
  });
});

test('a name that a shell would take for more is refused on the way through a program', async () => {
  const sshArguments = ['-o ProxyCommand="nc %h %p"'];

  await expect(read('$(id)', { sshArguments })).rejects.toThrow('may not be part of a ProxyCommand');
  await expect(read('-oProxyCommand=x', { sshArguments })).rejects.toThrow('may not be part');
});

test('another configuration file is read instead, and must exist', async () => {
  expect(await read('x', { sshArguments: ['-F ~/other'] })).toMatchObject({
    user: 'other',
    identitiesOnly: true,
    trust: { userFiles: [] },
  });
  await expect(read('x', { sshArguments: ['-F /no/such'] })).rejects.toThrow('cannot be read');
  await expect(read('x', { sshArguments: ['-p ssh'] })).rejects.toThrow('Port is "ssh"; it takes a number');
});
