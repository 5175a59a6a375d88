import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PlaybookError } from './problem.js';
import { readPlaybook } from './read-playbook.js';
import type { Playbook, Task } from './tree.js';

function problemsOf(text: string): string[] {
  try {
    readPlaybook('play.yaml', text);
    return [];
  } catch (error) {
    if (error instanceof PlaybookError)
      return error.problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`);
    throw error;
  }
}

function firstTask(playbook: Playbook): Task {
  const work = playbook.plays[0]?.sections[1]?.[0];
  if (work?.kind !== 'task') throw new Error('the first work is no task');
  return work;
}

const task = (text: string) => `- hosts: all\n  tasks:\n    - ${text.replaceAll('\n', '\n      ')}\n`;

const SEED = `---
# exampletenant_playbook

- hosts: "{{ instance_name }}"
  connection: ssh
  user: ubuntu
  sudo: yes
  gather_facts: no

  tasks:
  - name: install apache
    apt:
      name=apache2
      update_cache=yes

  - name: write message
    shell: echo "{{ tenant_message }}" > /var/www/html/index.html
`;

test('the playbook of the seed reads as it is, with a note about each old spelling', () => {
  const playbook = readPlaybook('seed.yml', SEED);

  const [play] = playbook.plays;
  const [install, write] = play?.sections[1] ?? [];
  expect(play?.hosts).toBe('{{ instance_name }}');
  expect(play?.inherited.keywords.become).toBe(true);
  expect(install).toMatchObject({
    args: new Map([
      ['name', 'apache2'],
      ['update_cache', 'yes'],
    ]),
    keywords: { become: true, remote_user: 'ubuntu' },
  });
  expect(write).toMatchObject({
    args: new Map([['cmd', 'echo "{{ tenant_message }}" > /var/www/html/index.html']]),
  });
  expect(playbook.deprecations.map(({ line, message }) => [line, message])).toEqual([
    [6, '"user" is an old spelling of "remote_user"; write "remote_user"'],
    [7, '"sudo" is an old spelling of "become"; write "become"'],
  ]);
});

test('the playbook that comes with Tenon is good and has no old spelling', () => {
  const path = new URL('../../../../playbooks/exampletenant_playbook.yaml', import.meta.url).pathname;

  const playbook = readPlaybook(path, readFileSync(path, 'utf8'));

  expect([playbook.deprecations, playbook.warnings]).toEqual([[], []]);
});

describe('what is wrong is said with its place and a remedy', () => {
  test.each([
    [task('aptt: name=x'), '3:7 "aptt" is neither a module nor a keyword of a task; did you mean "apt"?'],
    [task('apt: { nmae: x }'), '3:7 Unsupported parameters for (apt) module: nmae; did you mean "name"?'],
    [task('copy: { content: x }'), '3:7 copy: missing required arguments: dest'],
    [
      task('copy: { dest: /x, path: /y }'),
      '3:7 Unsupported parameters for (copy) module: path. Supported parameters include: mode, owner,',
    ],
    [
      task('apt: { name: x, state: instaled }'),
      'apt: value of state must be one of: absent, build-dep, latest, present, fixed, got: instaled',
    ],
    [task('apt: { name: x, update_cache: maybe }'), 'apt: update_cache takes yes or no, not "maybe"'],
    [task('apt: name=x oops'), 'apt takes key=value pairs; "oops" is none'],
    [task('shell: echo "unclosed'), 'the quote " is not closed'],
    [task('shell: echo "{{ unclosed"'), '"{{" has no "}}"'],
    [
      task('debug:\nwehn: true'),
      '4:7 "wehn" is neither a module nor a keyword of a task; did you mean "when"?',
    ],
    [task('debug:\nping:'), 'a task has one module, not both "debug" and "ping"'],
    [task('name: nothing to do'), 'this task names no module'],
    [task('debug:\nloop: [1]\nwith_items: [1]'), 'a task has one loop'],
    [task('debug: { msg: {{ x }} }'), 'must be in quotes'],
    ['- hosts: all\n  taks: []', '2:3 "taks" is no keyword of a play; did you mean "tasks"?'],
    ['- tasks: []', 'this play names no hosts'],
    ['hosts: all', 'a playbook is a list of plays'],
    ['- hosts: all\n  connection: local', 'connection "local" is refused'],
    ['- hosts: all\n tasks:', 'this is not YAML'],
  ])('%j', (text, problem) => {
    expect(problemsOf(text).join('\n')).toContain(problem);
  });

  test.each([
    'file: { path: /x, state: nowhere }\nignore_errors: yes',
    'copy: { content: x }\nregister: r\nfailed_when: r is not failed',
    'block: [{ command: { cmd: x, nothing: 1 } }]\nrescue: [{ debug: }]',
  ])('arguments of a task whose failure is expected are its own matter: %j', (text) => {
    expect(problemsOf(task(text))).toEqual([]);
  });

  test('in a rescue nothing is expected any more', () => {
    const text = 'block: [{ debug: }]\nrescue: [{ copy: { content: x } }]';

    expect(problemsOf(task(text)).join()).toContain('missing required arguments: dest');
  });

  test('all problems of a file are said at once', () => {
    expect(
      problemsOf(`- hosts: all\n  oops: 1\n  tasks:\n    - aptt: x\n    - copy: { nope: 1 }\n`).length,
    ).toBe(4);
  });

  test('the line and a caret are shown', () => {
    const text = task('aptt: name=x');

    expect(() => readPlaybook('play.yaml', text)).toThrow('    - aptt: name=x\n        ^');
  });
});

describe('arguments', () => {
  test('what is written behind the module wins over args', () => {
    const { args } = firstTask(
      readPlaybook('p', task('file: path=/a state=touch\nargs: { state: absent, mode: "0600" }')),
    );

    expect([...args].sort()).toEqual([
      ['mode', '0600'],
      ['path', '/a'],
      ['state', 'touch'],
    ]);
  });

  test('action and local_action name the module in their text', () => {
    expect(firstTask(readPlaybook('p', task('action: file path=/a state=touch'))).module.name).toBe('file');
    const local = firstTask(readPlaybook('p', task('local_action: { module: command, cmd: id }')));
    expect(local.keywords.delegate_to).toBe('localhost');
  });

  test('full module names mean the same', () => {
    expect(firstTask(readPlaybook('p', task('ansible.builtin.command: id'))).module.name).toBe('command');
  });
});
