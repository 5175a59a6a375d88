import type { CliOption } from './option.js';

const flag = (flags: readonly string[], help: string): CliOption => ({ flags, kind: 'flag', help });
const text = (flags: readonly string[], metavar: string, help: string): CliOption => ({
  ...{ flags, kind: 'text', metavar, help },
});
const number = (flags: readonly string[], metavar: string, help: string): CliOption => ({
  ...{ flags, kind: 'number', metavar, help },
});
const list = (flags: readonly string[], metavar: string, help: string): CliOption => ({
  ...{ flags, kind: 'list', metavar, help },
});

const BASE: readonly CliOption[] = [
  flag(['-h', '--help'], 'show this help message and exit'),
  flag(['--version'], "show the program's version and config file and exit"),
  {
    flags: ['-v', '--verbose'],
    kind: 'count',
    help: 'show results; -vv also places, -vvv also on many lines',
  },
];

const CONNECTION: readonly CliOption[] = [
  text(['--private-key', '--key-file'], 'FILE', 'log in with this key'),
  text(['-u', '--user'], 'REMOTE_USER', 'log in as this user'),
  text(['-c', '--connection'], 'CONNECTION', 'ssh (or smart), or local (default=smart)'),
  number(['-T', '--timeout'], 'TIMEOUT', 'how long connecting may take, in seconds (default=10)'),
  text(['--ssh-common-args'], 'ARGS', 'options of ssh, such as ProxyJump and ProxyCommand'),
  text(['--ssh-extra-args'], 'ARGS', 'more options of ssh'),
  text(['--sftp-extra-args'], 'ARGS', 'without effect; accepted because scripts have it'),
  text(['--scp-extra-args'], 'ARGS', 'without effect; accepted because scripts have it'),
  flag(['-k', '--ask-pass'], 'ask for the password to log in with'),
  text(['--connection-password-file', '--conn-pass-file'], 'FILE', 'read the password to log in with'),
];

const BECOME: readonly CliOption[] = [
  flag(['-b', '--become'], 'become another user (asks for no password)'),
  text(['--become-method'], 'BECOME_METHOD', 'sudo or su (default=sudo)'),
  text(['--become-user'], 'BECOME_USER', 'the user to become (default=root)'),
  flag(['-K', '--ask-become-pass'], 'ask for the password to become that user with'),
  text(['--become-password-file', '--become-pass-file'], 'FILE', 'read that password'),
];

const INVENTORY: readonly CliOption[] = [
  list(
    ['-i', '--inventory', '--inventory-file'],
    'INVENTORY',
    'a file, a folder, a script, or hosts: "a,b,"',
  ),
  flag(['--list-hosts'], 'show the hosts that match and do nothing else'),
  text(['-l', '--limit'], 'SUBSET', 'only hosts of this pattern too'),
];

const WORK: readonly CliOption[] = [
  flag(['-C', '--check'], 'change nothing; predict what would change'),
  flag(['-D', '--diff'], 'show what changes in files'),
  list(['-e', '--extra-vars'], 'EXTRA_VARS', 'variables: key=value, JSON, YAML, or @file'),
  number(['-f', '--forks'], 'FORKS', 'most hosts at work at the same time (default=5)'),
  text(['-M', '--module-path'], 'PATH', 'without effect; all modules are built in'),
];

const VAULT: readonly CliOption[] = [
  list(['--vault-id'], 'VAULT_IDS', 'label@file or label@prompt'),
  flag(['--ask-vault-password', '--ask-vault-pass'], 'ask for the vault password'),
  list(
    ['--vault-password-file', '--vault-pass-file'],
    'FILE',
    'read the vault password, or run a script for it',
  ),
];

/** Of everything that works on machines. */
export const COMMON_OPTIONS: readonly CliOption[] = [
  ...BASE,
  ...CONNECTION,
  ...BECOME,
  ...INVENTORY,
  ...WORK,
  ...VAULT,
];

/** Of a program that runs playbooks. */
export const PLAYBOOK_OPTIONS: readonly CliOption[] = [
  ...COMMON_OPTIONS,
  list(['-t', '--tags'], 'TAGS', 'only plays and tasks with one of these tags'),
  list(['--skip-tags'], 'SKIP_TAGS', 'no plays and tasks with one of these tags'),
  flag(['--force-handlers'], 'run handlers even when a task fails'),
  flag(['--flush-cache'], 'without effect; no facts are kept between runs'),
  flag(['--syntax-check'], 'read the playbook and do nothing else'),
  flag(['--list-tasks'], 'show the tasks that would be run and do nothing else'),
  flag(['--list-tags'], 'show the tags that there are and do nothing else'),
  flag(['--step'], 'ask before each task'),
  text(['--start-at-task'], 'NAME', 'begin with the task of this name'),
];

/** Of a program that runs one module. */
export const ADHOC_OPTIONS: readonly CliOption[] = [
  ...COMMON_OPTIONS,
  text(['-m', '--module-name'], 'MODULE', 'the module to run (default=command)'),
  text(['-a', '--args'], 'ARGS', 'its arguments: "opt1=val1 opt2=val2" or JSON'),
  flag(['-o', '--one-line'], 'a line a host'),
  text(['-t', '--tree'], 'FOLDER', 'write a file with the result of each host'),
  number(['-B', '--background'], 'SECONDS', 'leave it running, at most that long'),
  number(['-P', '--poll'], 'SECONDS', 'with -B: look after it that often (default=15)'),
  number(['--task-timeout'], 'SECONDS', 'end the task after that long'),
  text(['--playbook-dir'], 'FOLDER', 'where files, roles and group_vars are looked for'),
];
