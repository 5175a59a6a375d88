import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Server, type AuthContext, type AuthenticationType } from 'ssh2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSshHome, type SshHomeFolder } from '../testing/ssh-home.js';
import { createInventoryTransport } from './inventory-transport.js';
import { generateKeyPair } from './keys.js';

/** sshd checks passwords of real users only, and a test makes none: a server of ssh2 that lets in by either method. */
function startServer(methods: readonly AuthenticationType[], tried: string[]): Server {
  const refuse = (attempt: AuthContext) => attempt.reject(['publickey', ...methods]);
  return new Server({ hostKeys: [generateKeyPair('host').privateKey] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (attempt) => {
      tried.push(attempt.method);
      if (!methods.includes(attempt.method)) refuse(attempt);
      else if (attempt.method === 'password' && attempt.password === 'p w') attempt.accept();
      else if (attempt.method === 'keyboard-interactive') {
        attempt.prompt([{ prompt: 'Password: ', echo: false }], ([answer]) => {
          if (answer === 'p w') attempt.accept();
          else refuse(attempt);
        });
      } else refuse(attempt);
    });
  });
}

let home: SshHomeFolder;
beforeAll(async () => {
  home = await makeSshHome({ id_ed25519: generateKeyPair('me').privateKey });
});
afterAll(() => home.remove());

async function connect(method: AuthenticationType, password: string | undefined): Promise<string[]> {
  const tried: string[] = [];
  const server = startServer([method], tried).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = createInventoryTransport({ homeFolder: home.homeFolder, userName: 'me' });
  const sshArguments = ['-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null'];
  const wishes = { port, sshArguments, ...(password !== undefined && { password }) };
  try {
    await transport.connect('127.0.0.1', { wishes });
    return tried;
  } finally {
    await transport.close();
    server.close();
  }
}

test('a password is given after the keys, in whichever way the machine takes it', async () => {
  expect(await connect('password', 'p w')).toEqual(['publickey', 'password']);
  expect(await connect('keyboard-interactive', 'p w')).toEqual([
    'publickey',
    'password',
    'keyboard-interactive',
  ]);
});

test.each(['wrong', undefined])(
  'the password %s is an authentication failure that does not tell it',
  async (password) => {
    await expect(connect('password', password)).rejects.toMatchObject({
      name: 'UnreachableError',
      code: 'authentication',
      message: expect.stringMatching(/Permission denied/) as string,
    });
    await expect(connect('password', password)).rejects.not.toThrow('wrong');
  },
);
