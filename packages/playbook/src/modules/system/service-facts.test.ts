import { expect, test } from 'vitest';
import { readServices } from './service-facts.js';

test('init scripts, loaded units and unit files are services, each with its state and status', () => {
  const services = readServices(
    new Map([
      ['sysv', ' [ + ]  cron\n [ - ]  ssh\n [ ? ]  odd'],
      [
        'units',
        'ssh.service loaded active running OpenBSD Secure Shell\n' +
          'gone.service not-found inactive dead gone.service\n' +
          'broken.service loaded failed failed Broken',
      ],
      ['files', 'ssh.service enabled enabled\nidle.service disabled enabled\ngetty@.service enabled enabled'],
      ['asked', 'idle.service'],
      ['states', 'ActiveState=inactive'],
    ]),
  );

  const service = (name: string, state: string, status: string) => ({
    name,
    state,
    status,
    source: 'systemd',
  });
  expect(services).toEqual({
    cron: { name: 'cron', state: 'running', source: 'sysv' },
    ssh: { name: 'ssh', state: 'stopped', source: 'sysv' },
    'ssh.service': service('ssh.service', 'running', 'enabled'),
    'gone.service': service('gone.service', 'stopped', 'not-found'),
    'broken.service': service('broken.service', 'stopped', 'failed'),
    'idle.service': service('idle.service', 'inactive', 'disabled'),
    'getty@.service': service('getty@.service', 'unknown', 'enabled'),
  });
});
