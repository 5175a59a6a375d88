import { expect, test } from 'vitest';
import { matchHosts } from './match-hosts.js';

const HOSTS = ['web1', 'web2', 'db1', 'tenant-1:x'].map((name) => ({ name }));

test.each([
  ['all', ['web1', 'web2', 'db1', 'tenant-1:x']],
  ['*', ['web1', 'web2', 'db1', 'tenant-1:x']],
  ['web1', ['web1']],
  ['web*', ['web1', 'web2']],
  ['web?', ['web1', 'web2']],
  ['db1:web2', ['web2', 'db1']],
  ['db1, web2', ['web2', 'db1']],
  ['all:!web1', ['web2', 'db1', 'tenant-1:x']],
  ['all:&web*', ['web1', 'web2']],
  ['~(web|db)1', ['web1', 'db1']],
  ['tenant-1:x', ['tenant-1:x']],
  ['nobody', []],
  ['web', []],
  ['', []],
])('%j means %j', (pattern, names) => {
  expect(matchHosts(pattern, HOSTS).map((host) => host.name)).toEqual(names);
});
