import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openPlaybookLab,
  type LabOptions,
  type LabRun,
  type PlaybookLab,
} from '../../testing/playbook-lab.js';
import { firstDetail, threeRuns } from '../../testing/three-runs.js';
import { lacksRoot, startThrowawayMachine, type ThrowawayMachine } from '../../testing/throwaway-machine.js';

describe.skipIf(lacksRoot())('cron', () => {
  let machine: ThrowawayMachine;
  let lab: PlaybookLab;
  beforeAll(async () => {
    machine = await startThrowawayMachine(['crontab']);
    lab = await openPlaybookLab(() => Promise.resolve(machine));
  });
  afterAll(() => lab.close());

  const look =
    'crontab -l 2>/dev/null; crontab -u daemon -l 2>/dev/null; cat /etc/cron.d/mine 2>/dev/null; ls -A /etc/cron.d';
  async function thrice(task: string, options: LabOptions = {}): Promise<LabRun> {
    return (await threeRuns({ lab, task, observe: () => machine.sh(look), options })).done;
  }

  test('keeps a job in the own crontab, changes, disables and removes it', async () => {
    await thrice(`cron: { name: "a job", minute: "17", hour: "3", job: "echo it's 5% > /dev/null" }`);
    const made = await machine.sh('crontab -l');
    await thrice('cron: { name: "a job", special_time: daily, job: "true" }');
    const run = await thrice(
      'cron: { name: "a job", special_time: daily, job: "true", disabled: yes, backup: yes }',
    );
    const disabled = await machine.sh('crontab -l');
    await thrice('cron: { name: "a job", state: absent }');

    expect(made).toContain("#Ansible: a job\n17 3 * * * echo it's 5% > /dev/null\n");
    expect(disabled).toBe('#Ansible: a job\n#@daily true\n');
    expect(await machine.sh(`cat ${String(firstDetail(run).backup_file)}`)).toBe(
      '#Ansible: a job\n@daily true\n',
    );
    expect(firstDetail(run)).toMatchObject({ jobs: ['a job'], envs: [] });
    expect(await machine.sh('crontab -l')).toBe('');
  });

  test("keeps another user's crontab and its variables", async () => {
    await thrice('cron: { name: PATH, env: yes, job: "/bin:/usr/bin", user: daemon }');
    await thrice('cron: { name: MAILTO, env: yes, value: "", user: daemon, insertafter: PATH }');
    await thrice('cron: { name: j, job: "true", user: daemon }');
    const full = await machine.sh('crontab -u daemon -l');
    await thrice('cron: { name: PATH, env: yes, state: absent, user: daemon }');

    expect(full).toBe('PATH="/bin:/usr/bin"\nMAILTO=""\n#Ansible: j\n* * * * * true\n');
  });

  test('keeps a file of /etc/cron.d and removes it with its last job', async () => {
    await thrice('cron: { name: j, cron_file: mine, user: daemon, job: "true", weekday: "1-5" }');
    const made = await machine.sh('cat /etc/cron.d/mine; stat -c %a /etc/cron.d/mine');
    await thrice('cron: { name: j, cron_file: mine, state: absent }');

    expect(made).toBe('#Ansible: j\n* * * * 1-5 daemon true\n644\n');
    expect(await machine.sh('ls -A /etc/cron.d')).not.toMatch(/mine|tenon/);
  });

  test('shows the difference', async () => {
    const run = await lab.run('- cron: { name: d, job: "true", cron_file: diffed, user: root }', {
      checkMode: true,
      diffMode: true,
    });

    expect(run.failures).toEqual([]);
    expect(JSON.stringify(run.events)).toContain('* * * * * root true');
  });

  test.each([
    ['tenant data as a command', '{ name: x, job: "echo {{ t }}" }', 'refused: job holds tenant data'],
    ['a second line in a name', '{ name: "x{{ t }}", job: "true" }', 'name cannot have a line end in it'],
    [
      'two kinds of time',
      '{ name: x, job: "true", special_time: daily, hour: 2 }',
      'time and date fields or special time',
    ],
    ['a user who is not there', '{ name: x, job: "true", user: nobody-there }', 'nobody-there'],
    [
      '/etc/crontab',
      '{ name: x, job: "true", user: root, cron_file: /etc/crontab }',
      'Will not manage /etc/crontab',
    ],
  ])('fails on %s', async (_name, args, message) => {
    const run = await lab.run(`- cron: ${args}`, { vars: { unsafe: { t: '\n* * * * * evil' } } });

    expect(run.failures[0]?.message).toContain(message);
  });
});
