import { expect, test } from 'vitest';
import { readSshArguments } from './ssh-options.js';

test.each([
  ['-o Port=23 -oUser=bob', { port: '23', user: 'bob' }],
  ['-o \'ProxyCommand ssh -W %h:%p "a b"\' -C', { proxycommand: 'ssh -W %h:%p "a b"' }],
  ['-4Cp2222 -vvv -l alice -J a,b', { port: '2222', user: 'alice', proxyjump: 'a,b' }],
  ['-o Port=1 -p 2', { port: '1' }],
  ['-o "UserKnownHostsFile /a /b" -L 1:b:2 -o NoSuchThing=x', { userknownhostsfile: '/a /b' }],
  ['-o', {}],
])('%s', (line, expected) => {
  const { options } = readSshArguments([line]);

  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, options.get(name)]))).toEqual(
    expected,
  );
});

test('key files add up, and -F names the configuration', () => {
  const { options, configFile } = readSshArguments(['-i a -F /etc/x', '-o IdentityFile=b']);

  expect([options.all('IdentityFile'), configFile]).toEqual([['a', 'b'], '/etc/x']);
});
