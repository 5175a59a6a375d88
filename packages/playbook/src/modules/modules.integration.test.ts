import {
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
  chmod,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../testing/playbook-lab.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(lab.folder);
});
afterAll(() => lab.close());

const at = (name: string) => join(lab.folder, name);
const text = async (name: string) => (await readFile(at(name))).toString();
const mode = async (name: string) => ((await stat(at(name))).mode & 0o7777).toString(8);

/** Runs tasks twice on the same machine: what each run says about each task. */
async function twice(
  tasks: string,
  files: Record<string, string> = {},
): Promise<{ first: string[]; second: string[] }> {
  const first = await lab.run(tasks, { files });
  const second = await lab.run(tasks, { files });
  expect(first.failures.concat(second.failures)).toEqual([]);
  return { first: [...first.results], second: [...second.results] };
}

describe('every module changes something the first time and nothing the second', () => {
  test.each<[string, string, Record<string, string>?]>([
    ['copy content', 'copy: { content: "a", dest: "{{ dir }}/a", mode: "0600" }'],
    ['copy src', 'copy: { src: a.txt, dest: "{{ dir }}/a" }', { 'files/a.txt': 'A' }],
    ['copy src into a folder', 'copy: { src: a.txt, dest: "{{ dir }}/" }', { 'a.txt': 'A' }],
    ['copy a dictionary', 'copy: { content: { a: 1, b: [x] }, dest: "{{ dir }}/a" }'],
    ['copy from the machine', 'copy: { src: /etc/hostname, remote_src: yes, dest: "{{ dir }}/a" }'],
    [
      'copy with owner',
      'copy: { content: x, dest: "{{ dir }}/a", owner: nobody, group: nogroup, mode: "u=rw,g=r,o=" }',
    ],
    ['copy above the limit for one trip', 'copy: { content: "{{ \'x\' * 200000 }}", dest: "{{ dir }}/a" }'],
    [
      'template',
      'template: { src: t.j2, dest: "{{ dir }}/t", mode: "0640" }',
      { 'templates/t.j2': 'in {{ dir }}\n' },
    ],
    ['a folder', 'file: { path: "{{ dir }}/x/y/z", state: directory, mode: "0750" }'],
    ['a link', 'file: { src: /etc/hostname, path: "{{ dir }}/l", state: link }'],
    ['a link to nothing', 'file: { src: /nowhere, path: "{{ dir }}/l", state: link, force: yes }'],
    ['a hard link', 'file: { src: "{{ dir }}/../host_key", path: "{{ dir }}/h", state: hard }'],
    [
      'touch with preserved times',
      'file: { path: "{{ dir }}/t", state: touch, modification_time: preserve, access_time: preserve, mode: "0644" }',
    ],
    ['command with creates', 'command: touch {{ dir }}/c creates={{ dir }}/c'],
    ['shell with creates', 'shell: echo x > {{ dir }}/c\n  args: { creates: "{{ dir }}/c" }'],
  ])('%s', async (_name, task, files = {}) => {
    const { first, second } = await twice(`- name: it\n  ${task}`, files);

    expect([first, second]).toEqual([['it: changed'], ['it: ok']]);
  });
});

describe('copy', () => {
  test('keeps the owner and permissions of the file it replaces, and leaves nothing beside it', async () => {
    await writeFile(at('a'), 'old', { mode: 0o604 });
    await chmod(at('a'), 0o604);

    const run = await lab.run('- copy: { content: new, dest: "{{ dir }}/a" }');

    expect([await text('a'), await mode('a'), run.failures]).toEqual(['new', '604', []]);
    expect(await readdir(lab.folder)).toEqual(['a']);
  });

  test('changes permissions alone when the content is right', async () => {
    await writeFile(at('a'), 'x');
    const run = await lab.run(
      '- copy: { content: x, dest: "{{ dir }}/a", mode: "0711" }\n  register: r\n- debug: { var: r.mode }',
    );

    expect(run.results).toEqual(['copy: changed', 'debug: ok']);
    expect(await mode('a')).toBe('711');
  });

  test('force: no leaves a file that is there', async () => {
    await writeFile(at('a'), 'mine');
    const run = await lab.run('- copy: { content: other, dest: "{{ dir }}/a", force: no }');

    expect([run.results, await text('a')]).toEqual([['copy: ok'], 'mine']);
  });

  test('backup keeps the old file and says where', async () => {
    await writeFile(at('a'), 'old');
    const run = await lab.run(
      '- copy: { content: new, dest: "{{ dir }}/a", backup: yes }\n  register: r\n- command: cat {{ r.backup_file }}\n  register: c\n- assert: { that: c.stdout == "old" }',
    );

    expect(run.failures[0]?.message ?? '').toBe('');
    expect((await readdir(lab.folder)).length).toBe(2);
  });

  test('the place that it returns can be the place of another task', async () => {
    const run = await lab.run(`
- copy: { content: x, dest: "{{ dir }}/a" }
  register: r
- file: { path: "{{ r.dest }}", mode: "0611" }
`);

    expect([run.failures, await mode('a')]).toEqual([[], '611']);
  });

  test('a failing validation keeps the old file', async () => {
    await writeFile(at('a'), 'old');
    const run = await lab.run('- copy: { content: new, dest: "{{ dir }}/a", validate: "grep -q old %s" }');

    expect([run.outcome, await text('a'), await readdir(lab.folder)]).toEqual(['failed', 'old', ['a']]);
  });

  test.each([
    ['a missing folder', 'copy: { content: x, dest: "{{ dir }}/no/a" }', 'Destination directory'],
    [
      'a missing source',
      'copy: { src: nothing.txt, dest: "{{ dir }}/a" }',
      "Could not find or access 'nothing.txt'; looked for",
    ],
    [
      'a source outside of the playbook',
      'copy: { src: /etc/passwd, dest: "{{ dir }}/a" }',
      "outside of the playbook's folder",
    ],
    [
      'a source that climbs out',
      'copy: { src: ../../../../../../etc/passwd, dest: "{{ dir }}/a" }',
      "outside of the playbook's folder",
    ],
    ['both src and content', 'copy: { src: a, content: b, dest: "{{ dir }}/a" }', 'not both'],
    ['an unknown user', 'copy: { content: x, dest: "{{ dir }}/a", owner: no-such-user }', 'no-such-user'],
  ])('fails on %s', async (_name, task, message) => {
    const run = await lab.run(`- ${task}`);

    expect(run.outcome).toBe('failed');
    expect(run.failures[0]?.message).toContain(message);
  });

  test('tenant data in dest stays in its folder', async () => {
    const task = '- copy: { content: x, dest: "{{ dir }}/{{ name }}.html" }';

    const good = await lab.run(task, { vars: { unsafe: { name: 'a $(id) b' } } });
    const bad = await lab.run(task, { vars: { unsafe: { name: '../../evil' } } });

    expect(good.failures).toEqual([]);
    expect(await readdir(lab.folder)).toEqual(['a $(id) b.html']);
    expect(bad.failures[0]?.message).toContain('must not leave its folder');
  });
});

describe('template', () => {
  test('renders as Ansible does: blocks are trimmed, the last line end stays, tenant data is data', async () => {
    const run = await lab.run('- template: { src: t.j2, dest: "{{ dir }}/t" }', {
      files: {
        'templates/t.j2':
          '{% for n in [1, 2] %}\n{{ n }}: {{ m }}\n{% endfor %}\n{% include "part.j2" %}end\n',
        'templates/part.j2': 'part {{ m }}\n',
      },
      vars: { unsafe: { m: '{{ 7*7 }}' } },
    });

    expect(run.failures).toEqual([]);
    expect(await text('t')).toBe('1: {{ 7*7 }}\n2: {{ 7*7 }}\npart {{ 7*7 }}end\n');
  });

  test('an undefined variable fails with file and line', async () => {
    const run = await lab.run('- template: { src: t.j2, dest: "{{ dir }}/t" }', {
      files: { 't.j2': 'a\n{{ nothing }}\n' },
    });

    expect(run.failures[0]?.message).toMatch(/t\.j2:2.*'nothing' is undefined/s);
  });
});

describe('file', () => {
  test('absent removes a folder with what is in it, twice', async () => {
    await mkdir(at('d/e'), { recursive: true });

    const { first, second } = await twice('- file: { path: "{{ dir }}/d", state: absent }');

    expect([first, second, await readdir(lab.folder)]).toEqual([['file: changed'], ['file: ok'], []]);
  });

  test('recurse changes what is below, once', async () => {
    await mkdir(at('d'));
    await writeFile(at('d/f'), '');

    const { first, second } = await twice(
      '- file: { path: "{{ dir }}/d", state: directory, recurse: yes, mode: "u=rwX,go=" }',
    );

    expect([first, second]).toEqual([['file: changed'], ['file: ok']]);
    expect([await mode('d'), await mode('d/f')]).toEqual(['700', '600']);
  });

  test('replaces a wrong link and refuses to replace a file by one', async () => {
    await symlink('/wrong', at('l'));
    await writeFile(at('f'), '');

    const good = await lab.run('- file: { src: /etc/hostname, path: "{{ dir }}/l", state: link }');
    const bad = await lab.run('- file: { src: /etc/hostname, path: "{{ dir }}/f", state: link }');

    expect([good.results, await readlink(at('l'))]).toEqual([['file: changed'], '/etc/hostname']);
    expect([bad.outcome, (await lstat(at('f'))).isFile()]).toEqual(['failed', true]);
  });

  test('a mode that YAML has read as a number means the same', async () => {
    await writeFile(at('f'), '');
    await lab.run('- file: { path: "{{ dir }}/f", mode: 0640 }');

    expect(await mode('f')).toBe('640');
  });

  test('says which file is absent', async () => {
    const run = await lab.run('- file: { path: "{{ dir }}/none", mode: "0600" }');

    expect(run.failures[0]?.message).toContain('is absent, cannot continue');
  });
});

describe('stat', () => {
  test('says what Ansible says', async () => {
    await writeFile(at('f'), 'hello', { mode: 0o640 });
    await chmod(at('f'), 0o640);
    await symlink('f', at('l'));

    const run = await lab.run(`
- stat: { path: "{{ dir }}/f" }
  register: f
- stat: { path: "{{ dir }}/l" }
  register: l
- stat: { path: "{{ dir }}/none" }
  register: n
- assert:
    that:
      - f.stat.exists and f.stat.isreg and not f.stat.isdir
      - f.stat.mode == '0640' and f.stat.size == 5
      - f.stat.checksum == 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'
      - l.stat.islnk and l.stat.lnk_target == 'f' and l.stat.lnk_source == dir ~ '/f'
      - not n.stat.exists
`);

    expect(run.failures).toEqual([]);
    expect(run.stats.machine).toMatchObject({ ok: 4, changed: 0 });
  });
});

describe('service with init scripts', () => {
  const script = (name: string) => `#!/bin/sh
f=/tmp/tenon-test-${name}.state
case $1 in
  start) echo $1 >$f; sleep 300 & ;;
  stop) rm -f $f ;;
  restart|reload) echo $1 >$f ;;
  status) [ -e $f ] || exit 3 ;;
esac
`;
  const name = `tenon-test-${process.pid}`;
  const remove = () =>
    Promise.all([
      rm(`/etc/init.d/${name}`, { force: true }),
      rm(`/tmp/tenon-test-${name}.state`, { force: true }),
    ]);
  beforeAll(() => writeFile(`/etc/init.d/${name}`, script(name), { mode: 0o755 }));
  afterAll(remove);

  test('starts once, restarts always, stops once', async () => {
    const task = (state: string) => `- service: { name: ${name}, state: ${state} }`;

    const started = await twice(task('started'));
    const restarted = await twice(task('restarted'));
    const stopped = await twice(task('stopped'));

    expect(started).toEqual({ first: ['service: changed'], second: ['service: ok'] });
    expect(restarted).toEqual({ first: ['service: changed'], second: ['service: changed'] });
    expect(stopped).toEqual({ first: ['service: changed'], second: ['service: ok'] });
  });

  test('an unknown service fails by name', async () => {
    const run = await lab.run('- service: { name: no-such-service, state: started }');

    expect(run.failures[0]?.message).toContain('Could not find the requested service no-such-service');
  });
});

test('setup gathers facts that tasks can use', async () => {
  const run = await lab.run(`
- setup:
- assert:
    that:
      - ansible_os_family == 'Debian' and ansible_facts.os_family == 'Debian'
      - ansible_hostname == ansible_nodename.split('.')[0]
      - ansible_memtotal_mb > 0 and ansible_processor_vcpus > 0
      - ansible_date_time.epoch | int > 1700000000
      - ansible_env.HOME == ansible_user_dir
      - ansible_distribution_major_version | int > 9
`);

  expect(run.failures).toEqual([]);
});
