import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlaybookLab, type LabRun, type PlaybookLab } from '../../testing/playbook-lab.js';
import { firstDetail, threeRuns } from '../../testing/three-runs.js';
import { lacksRoot, startThrowawayMachine, type ThrowawayMachine } from '../../testing/throwaway-machine.js';

const HASH = '$6$salt$IxDD3jeSOb5eB1CX5LBsqZFVkJdido3OUILO5Ifz5iwMuTS4XMS130MTSuDDl3aCI6WouIL9AjRbLCelDCy.g.';

describe.skipIf(lacksRoot())('accounts', () => {
  let machine: ThrowawayMachine;
  let lab: PlaybookLab;
  beforeAll(async () => {
    machine = await startThrowawayMachine(['useradd']);
    lab = await openPlaybookLab(() => Promise.resolve(machine));
  });
  afterAll(() => lab.close());

  async function thrice(task: string, vars: Record<string, string> = {}): Promise<LabRun> {
    const observe = () => machine.sh('cat /etc/passwd /etc/group /etc/shadow; ls -a /home');
    return (await threeRuns({ lab, task, observe, options: { vars: { unsafe: vars } } })).done;
  }

  test('a group is made, renumbered and removed', async () => {
    const made = await thrice('group: { name: g1, gid: 4711, system: yes }');
    await thrice('group: { name: g1, gid: 4712 }');

    expect(firstDetail(made)).toMatchObject({ name: 'g1', gid: 4711, state: 'present', system: true });
    expect(await machine.sh('getent group g1')).toBe('g1:x:4712:\n');
    await thrice('group: { name: g1, state: absent }');
  });

  test('a group of digits is not the group of that number', async () => {
    const run = await lab.run('- group: { name: "0", state: absent }');

    expect(run.results).toEqual(['group: ok']);
  });

  test('a user is made with everything that can be asked for', async () => {
    await lab.run('- group: { name: "{{ item }}" }\n  loop: [ga, gb]');

    const run = await thrice(
      'user: { name: u1, uid: 4801, group: ga, groups: [gb, users], comment: "{{ name }}", home: /srv/deep/u1, ' +
        'shell: /bin/bash, expires: 1893456000, password_expire_max: 90, password_expire_min: 1, umask: "027" }',
      { name: 'Ü $(id) "x"' },
    );

    expect(
      await machine.sh(
        'getent passwd u1; id -Gn u1; stat -c "%U %G" /srv/deep/u1; chage -l u1 | grep -c 2030',
      ),
    ).toMatch(/^u1:x:4801:\d+:Ü \$\(id\) "x":\/srv\/deep\/u1:\/bin\/bash\nga users gb\nu1 ga\n1\n$/);
    expect(firstDetail(run)).toMatchObject({
      uid: 4801,
      groups: 'gb,users',
      home: '/srv/deep/u1',
      create_home: true,
    });
  });

  test('groups are exactly those of the list, or these too with append', async () => {
    await lab.run('- user: { name: u2, groups: [ga] }');

    await thrice('user: { name: u2, groups: [gb], append: yes }');
    const both = await machine.sh('id -Gn u2');
    await thrice('user: { name: u2, groups: gb }');
    const one = await machine.sh('id -Gn u2');
    await thrice('user: { name: u2, groups: [] }');

    expect([both, one, await machine.sh('id -Gn u2')]).toEqual(['u2 ga gb\n', 'u2 gb\n', 'u2\n']);
  });

  test('a password is stored as its hash, locked and unlocked, and shown to nobody', async () => {
    const shadow = () => machine.sh('getent shadow u3 | cut -d: -f2');

    const made = await thrice(`user: { name: u3, password: "${HASH}" }`);
    const stored = await shadow();
    await thrice('user: { name: u3, password_lock: yes }');
    const locked = await shadow();
    await thrice(`user: { name: u3, password: "${HASH}", password_lock: no }`);
    const kept = await lab.run('- user: { name: u3, password: "*", update_password: on_create }');

    expect([stored, locked, await shadow()]).toEqual([`${HASH}\n`, `!${HASH}\n`, `${HASH}\n`]);
    expect(kept.results).toEqual(['user: ok']);
    expect(firstDetail(made).password).toBe('NOT_LOGGING_PASSWORD');
    expect(JSON.stringify(made.events)).not.toContain('IxDD3jeSOb5eB1CX');
  });

  test('a second line in a hash is refused without showing it', async () => {
    const run = await lab.run('- user: { name: u3, password: "{{ p }}" }', {
      vars: { unsafe: { p: '*\nroot:secret' } },
    });

    expect(run.failures[0]?.message).toBe('password is no hash: it has a colon or a line end in it');
  });

  test('a home folder moves, and a missing one is made', async () => {
    await lab.run('- user: { name: u4 }\n- file: { path: /home/u4/mine, state: touch }');

    await thrice('user: { name: u4, home: /home/u4-new, move_home: yes }');
    const moved = await machine.sh('ls /home/u4-new');
    await machine.sh('rm -r /home/u4-new');
    await thrice('user: { name: u4 }');

    expect(moved).toBe('mine\n');
    expect(await machine.sh('stat -c %U /home/u4-new /home/u4-new/.bashrc')).toBe('u4\nu4\n');
  });

  test('a key pair is made once, with a passphrase that no process list shows', async () => {
    const run = await thrice(
      'user: { name: u5, generate_ssh_key: yes, ssh_key_type: ed25519, ssh_key_comment: c, ssh_key_passphrase: hidden }',
    );
    const again = await lab.run('- user: { name: u5, generate_ssh_key: yes, ssh_key_type: ed25519 }');

    expect(firstDetail(run)).toMatchObject({ ssh_key_file: '/home/u5/.ssh/id_ed25519' });
    expect(firstDetail(run).ssh_public_key).toMatch(/^ssh-ed25519 \S+ c$/);
    expect(firstDetail(run).ssh_fingerprint).toMatch(/^256 SHA256:/);
    expect(firstDetail(again).warnings).toEqual([
      expect.stringContaining('Found existing ssh key private file'),
    ]);
    expect(
      await machine.sh(
        'cd /home/u5/.ssh && ssh-keygen -y -P hidden -f id_ed25519 && stat -c "%U %a" . id_ed25519',
      ),
    ).toMatch(/^ssh-ed25519 .*\nu5 700\nu5 600\n$/);
  });

  test('a user without a home folder is made, and check mode lets earlier tasks make the group', async () => {
    await thrice('user: { name: u8, create_home: no, system: yes }');
    const predicted = await lab.run('- user: { name: u9, groups: [not-yet] }', { checkMode: true });

    expect(await machine.sh('ls /home | grep -c u8 || :')).toBe('0\n');
    expect(predicted.results).toEqual(['user: changed']);
  });

  test('a user is removed with the home folder', async () => {
    await lab.run('- user: { name: u6 }');

    const run = await thrice('user: { name: u6, state: absent, remove: yes }');

    expect(firstDetail(run)).toMatchObject({ name: 'u6', state: 'absent', remove: true, force: false });
    expect(await machine.sh('ls /home | grep -c u6 || :')).toBe('0\n');
  });

  test.each([
    ['a group that is missing', '{ name: u7, groups: [nothere] }', 'Group nothere does not exist'],
    ['a number that is taken', '{ name: u7, uid: 0 }', 'UID 0 is not unique'],
    ['a name that is an option', '{ name: "-D" }', 'is no name for a user'],
  ])('fails on %s', async (_name, args, message) => {
    const run = await lab.run(`- user: ${args}`);

    expect(run.failures[0]?.message).toContain(message);
  });
});
