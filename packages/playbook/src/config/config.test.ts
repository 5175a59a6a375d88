import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.js';

const root = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(root, { recursive: true }));

const home = join(root, 'home');
const project = join(root, 'project');
mkdirSync(home);
mkdirSync(project);

const write = (path: string, text: string) => writeFileSync(path, text);
const config = (text: string, env: Record<string, string> = {}) => {
  const path = join(root, 'my.cfg');
  write(path, text);
  return readConfig({ HOME: home, ANSIBLE_CONFIG: path, ...env }, project);
};

test('without a file the presets of Ansible hold', () => {
  expect(readConfig({ HOME: home }, home)).toMatchObject({
    ...{ configFile: undefined, forks: 5, timeout: 10, hostKeyChecking: true, becomeUser: 'root' },
    ...{ inventory: ['/etc/ansible/hosts'], hashBehaviour: 'replace', gathering: 'implicit' },
    rolesPath: [`${home}/.ansible/roles`, '/usr/share/ansible/roles', '/etc/ansible/roles'],
    warnings: [],
  });
});

describe('where the file is looked for', () => {
  test('the variable, then the working directory, then the home directory', () => {
    write(join(home, '.ansible.cfg'), '[defaults]\nforks=1\n');
    expect(readConfig({ HOME: home }, project).forks).toBe(1);
    write(join(project, 'ansible.cfg'), '[defaults]\nforks=2\n');
    expect(readConfig({ HOME: home }, project).forks).toBe(2);
    expect(readConfig({ HOME: home, ANSIBLE_CONFIG: '~/.ansible.cfg' }, project).forks).toBe(1);
    expect(readConfig({ HOME: home, ANSIBLE_CONFIG: project }, home).forks).toBe(2);
  });

  test('a working directory that everyone may write to is passed over, with a warning', () => {
    const open = join(root, 'open');
    mkdirSync(open);
    write(join(open, 'ansible.cfg'), '[defaults]\nforks=9\n');
    chmodSync(open, 0o777);

    const { forks, warnings } = readConfig({ HOME: root }, open);
    expect(forks).toBe(5);
    expect(warnings).toEqual([expect.stringContaining('world writable directory')]);
    expect(readConfig({ HOME: root, ANSIBLE_CONFIG: 'ansible.cfg' }, open)).toMatchObject({
      ...{ forks: 9, warnings: [] },
    });
  });
});

test('the environment wins over the file', () => {
  const { forks, hostKeyChecking, callbacksEnabled } = config(
    '[defaults]\nforks = 7\nhost_key_checking = True\ncallbacks_enabled = a\n',
    {
      ANSIBLE_FORKS: '8',
      ANSIBLE_HOST_KEY_CHECKING: 'no',
      ANSIBLE_CALLBACKS_ENABLED: 'timer, profile_tasks',
    },
  );

  expect({ forks, hostKeyChecking, callbacksEnabled }).toEqual({
    ...{ forks: 8, hostKeyChecking: false, callbacksEnabled: ['timer', 'profile_tasks'] },
  });
});

test.each([
  ['[defaults]\nforks=7 ; a comment', { forks: 7 }],
  ['# a\n; b\n[defaults]\nFORKS: 7\n', { forks: 7 }],
  ['[defaults]\nremote_user = "deploy"\n', { remoteUser: 'deploy' }],
  ['[defaults]\nremote_user = a#b\n', { remoteUser: 'a#b' }],
  ['[defaults]\nnocows = 1\nretry_files_enabled=maybe\n', { nocows: true, retryFilesEnabled: false }],
  ['[defaults]\ninventory = a, /b,~/c\n', { inventory: [`${root}/a`, '/b', `${home}/c`] }],
  [
    '[defaults]\nroles_path = roles:$HOME/r:${HOME}/s\n',
    { rolesPath: [`${root}/roles`, `${home}/r`, `${home}/s`] },
  ],
  ['[defaults]\nlog_path = {{CWD}}/log\n', { logPath: `${project}/log` }],
  ['[defaults]\nvault_identity_list = dev@a,\n  prod@b\n', { vaultIdentityList: ['dev@a', 'prod@b'] }],
  ['[privilege_escalation]\nbecome=yes\nbecome_user=app\n', { become: true, becomeUser: 'app' }],
  [
    '[ssh_connection]\nssh_args = -o A=b -o C="d e"\ntimeout=3\n',
    { sshArgs: '-o A=b -o C="d e"', timeout: 3 },
  ],
  ['[ssh_connection]\npipelining = True\n[unknown]\nx=1\n', { forks: 5 }],
  ['[inventory]\nhost_pattern_mismatch=error\n', { hostPatternMismatch: 'error' }],
])('%j gives %j', (text, expected) => {
  expect(config(text)).toMatchObject(expected);
});

test('a path of the environment is below the working directory', () => {
  expect(config('[defaults]\n', { ANSIBLE_INVENTORY: 'hosts' }).inventory).toEqual([`${project}/hosts`]);
});

test.each([
  ['[defaults]\nforks = many\n', 'cannot use "many" for defaults.forks of'],
  ['[defaults]\ngathering = never\n', 'it must be one of implicit, explicit, smart'],
  ['forks=1\n', 'no section headers'],
  ['[defaults]\nforks=1\nforks=2\n', "line 3: option 'forks' in section 'defaults' already exists"],
  ['[defaults]\nnonsense\n', 'line 2: "nonsense" is no "key = value"'],
])('%j is refused', (text, message) => {
  expect(() => config(text)).toThrow(message);
});
