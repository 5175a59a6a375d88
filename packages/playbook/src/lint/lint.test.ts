import { expect, test } from 'vitest';
import { describeFinding, lintText } from './lint.js';
import { RULES } from './rules.js';

/** Rule and tag of each finding in a play with these tasks. */
function rulesIn(tasks: string, { play = '', enabled = [] as string[] } = {}): string[] {
  const body = tasks.replaceAll(/^/gm, '    ').trimEnd();
  const text = `- name: Test\n  hosts: all\n${play}  tasks:\n${body}\n`;
  return lintText('play.yml', text, { enabled }).map(({ rule, tag }) =>
    tag === undefined ? rule : `${rule}[${tag}]`,
  );
}

const task = (text: string) => `- name: x\n${text.replaceAll(/^/gm, '  ')}`;

test.each([
  ['name[missing]', '- ping:', '- name: x\n  ping:'],
  ['name[missing]', '- name: ""\n  ping:', '- meta: noop'],
  ['no-free-form', task('file: path=/x state=absent'), task('file: {path: /x, state: absent}')],
  [
    'no-free-form[raw-non-string]',
    task('command: creates=/x touch /x'),
    task('command: make x\nargs: {creates: /x}'),
  ],
  [
    'command-instead-of-module',
    task('command: apt-get install x\nchanged_when: true'),
    task('command: apt-get -s install x\nchanged_when: true'),
  ],
  [
    'command-instead-of-module',
    task('shell: systemctl restart x > y\nchanged_when: true'),
    task('command: systemctl is-active x\nchanged_when: false'),
  ],
  [
    'command-instead-of-shell',
    task('shell: echo hi\nchanged_when: true'),
    task('shell: echo $HOME\nchanged_when: true'),
  ],
  ['no-changed-when', task('command: make'), task('command: make\nargs: {creates: x}')],
  ['no-changed-when', task('raw: make'), task('raw: make\nchanged_when: false')],
  [
    'risky-file-permissions',
    task('copy: {content: a, dest: /x}'),
    task('copy: {content: a, dest: /x, mode: "0644"}'),
  ],
  [
    'risky-file-permissions',
    task('file: {path: /x, state: directory}'),
    task('file: {path: /x, state: absent}'),
  ],
  [
    'risky-file-permissions',
    task('lineinfile: {path: /x, line: a, create: yes}'),
    task('lineinfile: {path: /x, line: a}'),
  ],
  ['risky-octal', task('file: {path: /x, mode: 644}'), task('file: {path: /x, mode: 0644}')],
  [
    'risky-shell-pipe',
    task('shell: ls | wc -l\nchanged_when: false'),
    task('shell: ls || echo "a | b"\nchanged_when: false'),
  ],
  [
    'risky-shell-pipe',
    task('shell: cat x |\n  wc\nchanged_when: false'),
    task('shell: set -o pipefail; ls | wc\nchanged_when: false'),
  ],
  ['literal-compare', task('ping:\nwhen: x == True'), task('ping:\nwhen: x')],
  ['no-jinja-when', task('ping:\nwhen: ["{{ x }}"]'), task('ping:\nwhen: x is defined')],
  ['deprecated-bare-vars', task('ping:\nwith_items: things'), task('ping:\nwith_fileglob: things')],
  ['deprecated-local-action', task('local_action: ping'), task('ping:\ndelegate_to: localhost')],
  ['ignore-errors', task('ping:\nignore_errors: yes'), task('ping:\nignore_errors: yes\nregister: x')],
  [
    'inline-env-var',
    task('command: A=1 make\nchanged_when: true'),
    task('command: make A=1\nchanged_when: true'),
  ],
  ['key-order[task]', '- ping:\n  name: x', '- name: x\n  ping:'],
  [
    'key-order[block]',
    '- name: x\n  block: []\n  when: x',
    '- name: x\n  when: x\n  block: []\n  rescue: []',
  ],
  ['package-latest', task('apt: {name: x, state: latest}'), task('apt: {name: x, state: present}')],
  ['no-handler', task('ping:\nwhen: result.changed'), task('ping:\nwhen: result.changed and x')],
  ['no-handler', task('ping:\nwhen: result is changed'), task('ping:\nwhen: [result is changed, x]')],
  ['no-tabs', task('file: {path: "/a\\tb", state: absent}'), task('file: {path: /ab, state: absent}')],
  ['partial-become', task('ping:\nbecome_user: x'), task('ping:\nbecome: yes\nbecome_user: x')],
  ['var-naming[pattern]', task('ping:\nregister: myResult'), task('ping:\nregister: my_result')],
  ['var-naming[no-keyword]', task('set_fact: {class: 1}'), task('set_fact: {class_name: 1}')],
  ['jinja[spacing]', task('debug: {msg: "{{x}}"}'), task('debug: {msg: "{{ x }} {{- y -}}"}')],
  ['yaml[trailing-spaces]', task('ping: \nwhen: x'), task('ping:\nwhen: x')],
  [
    'tenon[tenant-data-in-shell]',
    task('shell: echo "{{ message }}" > /x\nchanged_when: true'),
    task('shell: echo {{ message | quote }} > /x\nchanged_when: true'),
  ],
  [
    'tenon[not-idempotent]',
    task('shell: echo a >> /x\nchanged_when: true'),
    task('shell: echo ">>" > /x\nchanged_when: true'),
  ],
  [
    'tenon[not-idempotent]',
    task('lineinfile: {path: /x, regexp: "^PORT 80", line: "PORT 81"}'),
    task('lineinfile: {path: /x, regexp: "^PORT ", line: "PORT 81"}'),
  ],
  ['syntax-check', task('copyy: {dest: x}'), task('ping:')],
])('%s finds the one and not the other', (rule, bad, good) => {
  expect(rulesIn(bad)).toContain(rule);
  expect(rulesIn(good)).not.toContain(rule);
});

test.each([
  ['fqcn[action-core]', task('ping:'), 'fqcn'],
  ['name[casing]', '- name: low\n  ping:', 'name[casing]'],
  ['empty-string-compare', task("ping:\nwhen: x == ''"), 'empty-string-compare'],
])('%s is found when it is asked for', (rule, bad, enabled) => {
  expect(rulesIn(bad)).not.toContain(rule);
  expect(rulesIn(bad, { enabled: [enabled] })).toContain(rule);
});

test('plays, roles and strategies are judged too', () => {
  const text =
    '- hosts: all\n  become_user: x\n  strategy: free\n  vars: {aB: 1}\n  roles: [my-role]\n  tasks:\n    - name: x\n      ping:\n      run_once: true\n';
  const found = lintText('play.yml', text, { skipped: ['syntax-check'] }).map(({ rule }) => rule);

  expect(found.sort()).toEqual(['name', 'partial-become', 'role-name', 'run-once', 'var-naming']);
});

test('handlers may run commands, and blocks are looked into', () => {
  const text =
    '- name: T\n  hosts: all\n  handlers:\n    - name: x\n      command: make\n  tasks:\n    - name: b\n      block:\n        - name: c\n          rescue:\n      rescue:\n        - ping:\n';

  expect(
    lintText('p.yml', text, { skipped: ['syntax-check'] }).map(({ rule, at }) => `${rule}:${at.line}`),
  ).toContain('name:12');
  expect(lintText('p.yml', text).some(({ rule }) => rule === 'no-changed-when')).toBe(false);
});

test('a list in tasks/ is tasks, a dictionary in vars/ is variables, anything else is left alone', () => {
  expect(lintText('roles/x/tasks/main.yml', '- ping:\n').map(({ rule }) => rule)).toEqual(['name']);
  expect(lintText('roles/x/vars/main.yml', 'aB: 1\n').map(({ rule }) => rule)).toEqual(['var-naming']);
  expect(lintText('compose.yml', 'services: {aB: {}}\n')).toEqual([]);
});

test('a comment takes a finding back, for a rule or for all', () => {
  expect(rulesIn('- name: x\n  command: make  # noqa: no-changed-when')).toEqual([]);
  expect(rulesIn('- name: x  # noqa\n  command: make')).toEqual([]);
  expect(rulesIn('- name: x\n  command: make  # noqa: other')).toEqual(['no-changed-when']);
  expect(rulesIn('- name: x  # noqa\n  command: make\n- name: y\n  command: make')).toEqual([
    'no-changed-when',
  ]);
});

test('a finding says where, which rule, and what to do', () => {
  const [finding] = lintText(
    'a/b.yml',
    '- name: T\n  hosts: all\n  tasks:\n    - name: x\n      command: make\n',
  );

  expect(finding && describeFinding(finding)).toBe(
    'a/b.yml:5: no-changed-when: this counts as changed in every run; add "changed_when", "creates" or "removes"',
  );
});

test('what is no YAML is one finding', () => {
  expect(lintText('a.yml', '- hosts: {{ x }}\n').map(({ rule }) => rule)).toContain('syntax-check');
});

test('every rule has a name and a summary', () => {
  expect(
    RULES.every(({ name, summary }) => (name !== '' && summary.endsWith('.')) || summary.endsWith(')')),
  ).toBe(true);
});
