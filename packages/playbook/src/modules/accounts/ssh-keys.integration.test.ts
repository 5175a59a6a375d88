import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openPlaybookLab,
  type LabOptions,
  type LabRun,
  type PlaybookLab,
} from '../../testing/playbook-lab.js';
import { firstDetail, threeRuns } from '../../testing/three-runs.js';
import { lacksRoot, startThrowawayMachine, type ThrowawayMachine } from '../../testing/throwaway-machine.js';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFDcQhjwGfmcAoqPMaVCRFiZCQQzNzBoERIGXd7mI8aY';
const OTHER = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKqP3bCMBT9cQqxCJyUqCA2Lr2b4dKlqkq3QfZs4bhaW';

describe.skipIf(lacksRoot())('keys of ssh', () => {
  let machine: ThrowawayMachine;
  let lab: PlaybookLab;
  beforeAll(async () => {
    machine = await startThrowawayMachine(['useradd']);
    lab = await openPlaybookLab(() => Promise.resolve(machine));
    await machine.sh('useradd -m sam');
  });
  afterAll(() => lab.close());

  const look =
    'cd /home/sam/.ssh 2>/dev/null && ls -A && cat authorized_keys; cat /root/.ssh/known_hosts 2>/dev/null || :';
  async function thrice(task: string, options: LabOptions = {}): Promise<LabRun> {
    return (await threeRuns({ lab, task, observe: () => machine.sh(look), options })).done;
  }

  describe('authorized_key', () => {
    const file = () => machine.sh('cat /home/sam/.ssh/authorized_keys');

    test("adds a tenant's key once, in a folder of the user's own", async () => {
      const run = await thrice('ansible.posix.authorized_key: { user: sam, key: "{{ key }}" }', {
        vars: { unsafe: { key: `${KEY} sam@home $(id)` } },
      });

      expect(await file()).toBe(`${KEY} sam@home $(id)\n`);
      expect(await machine.sh('cd /home/sam/.ssh; stat -c "%U %a" . authorized_keys; ls -A')).toBe(
        'sam 700\nsam 600\nauthorized_keys\n',
      );
      expect(firstDetail(run)).toMatchObject({ keyfile: '/home/sam/.ssh/authorized_keys', user: 'sam' });
    });

    test('changes comment and options, keeps the other lines, and removes by the key alone', async () => {
      await machine.sh(`printf '# mine\\n${OTHER} other\\n' >>/home/sam/.ssh/authorized_keys`);

      await thrice(
        `authorized_key: { user: sam, key: "${KEY}", comment: new, key_options: 'no-pty,command="echo a, b"' }`,
      );
      const changed = await file();
      await thrice(`authorized_key: { user: sam, key: "${KEY} whatever", state: absent }`);

      expect(changed).toBe(`# mine\n${OTHER} other\nno-pty,command="echo a, b" ${KEY} new\n`);
      expect(await file()).toBe(`# mine\n${OTHER} other\n`);
    });

    test('exclusive leaves nothing else', async () => {
      await thrice(`authorized_key: { user: sam, key: "${KEY} a", exclusive: yes }`);

      expect(await file()).toBe(`${KEY} a\n`);
    });

    test.each([
      ['what is no key', '{ user: sam, key: nonsense }', 'invalid key specified: nonsense'],
      [
        'a user who is not there',
        `{ user: nobody-there, key: "${KEY}" }`,
        'Failed to lookup user nobody-there',
      ],
      ["a tenant's URL", '{ user: sam, key: "{{ t }}" }', 'refused: tenant data would name a URL'],
    ])('fails on %s', async (_name, args, message) => {
      const run = await lab.run(`- authorized_key: ${args}`, { vars: { unsafe: { t: 'http://10.0.0.1/' } } });

      expect(run.failures[0]?.message).toContain(message);
    });
  });

  describe('known_hosts', () => {
    const file = () => machine.sh('cat /root/.ssh/known_hosts');
    beforeAll(() => machine.sh('mkdir -p /root/.ssh'));

    test('adds a key, replaces it by another of its type, and removes the host', async () => {
      await machine.sh(`echo 'b.example ${OTHER}' >/root/.ssh/known_hosts`);

      await thrice(`known_hosts: { name: a.example, key: "a.example ${OTHER}" }`);
      await thrice(`known_hosts: { name: a.example, key: "a.example ${KEY}" }`);
      const replaced = await file();
      await thrice('known_hosts: { name: a.example, state: absent }');

      expect(replaced).toBe(`b.example ${OTHER}\na.example ${KEY}\n`);
      expect(await machine.sh('ls -A /root/.ssh; cat /root/.ssh/known_hosts')).toBe(
        `known_hosts\nb.example ${OTHER}\n`,
      );
    });

    test('hides the name of a host, once', async () => {
      await thrice(
        `known_hosts: { name: "[h.example]:2222", key: "[h.example]:2222 ${KEY}", hash_host: yes }`,
      );

      expect(await file()).toMatch(/\n\|1\|\S+ ssh-ed25519 /);
      expect(await machine.sh("ssh-keygen -F '[h.example]:2222'")).toContain('found: line 2');
    });

    test("fails on another host's key", async () => {
      const run = await lab.run(`- known_hosts: { name: x.example, key: "y.example ${KEY}" }`);

      expect(run.failures[0]?.message).toContain('Host parameter does not match');
    });
  });
});
