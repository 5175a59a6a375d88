import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPlaybookLab, type LabRun, type PlaybookLab } from '../../testing/playbook-lab.js';
import { firstDetail, threeRuns } from '../../testing/three-runs.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
afterAll(() => lab.close());

async function sh(text: string): Promise<string> {
  const identity =
    'export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; ';
  const { stdout } = await promisify(execFile)('/bin/sh', ['-ec', identity + text], { cwd: lab.folder });
  return stdout;
}

/** Two commits, a tag and a branch at the first; made once, because a fork of git is slow on a busy machine. */
beforeAll(() =>
  sh(
    'git init -q -b main model; cd model; echo 1 >f; git add f; git commit -qm 1; git tag -am t v1; ' +
      'echo 2 >f; git commit -qam 2; git branch side v1',
  ),
);
beforeEach(() => sh('rm -rf src app; cp -R model src'));

const commit = async (folder: string, ref = 'HEAD') => (await sh(`git -C ${folder} rev-parse ${ref}`)).trim();
const observe = () =>
  sh(
    'ls -A . app 2>/dev/null || :; git -C app log --format=%H --all 2>/dev/null || :; cat app/f 2>/dev/null || :',
  );
const thrice = async (args: string): Promise<LabRun> =>
  (await threeRuns({ lab, task: `git: { repo: "{{ dir }}/src", dest: "{{ dir }}/app", ${args} }`, observe }))
    .done;

test('clones, and follows what is new', async () => {
  const cloned = await thrice('version: HEAD');
  await sh('cd src; echo 3 >f; git commit -qam 3');
  const pulled = await thrice('version: HEAD');

  expect(firstDetail(cloned)).toMatchObject({ before: null, after: await commit('src', 'HEAD~1') });
  expect(firstDetail(pulled)).toMatchObject({
    before: await commit('src', 'HEAD~1'),
    after: await commit('src'),
    remote_url_changed: false,
  });
  expect(await sh('cat app/f; git -C app symbolic-ref --short HEAD')).toBe('3\nmain\n');
});

test('switches between tags, branches and commits', async () => {
  await thrice('version: v1');
  await thrice('version: main');
  const branch = await sh('git -C app symbolic-ref --short HEAD');
  await thrice(`version: ${await commit('src', 'v1^{}')}`);

  expect(branch).toBe('main\n');
  expect(await commit('app')).toBe(await commit('src', 'v1^{}'));
});

test('a depth fetches no more than that', async () => {
  await thrice('depth: 1, version: main');
  await thrice('depth: 1, version: side');

  expect(await sh('git -C app rev-list --count HEAD; git -C app symbolic-ref --short HEAD')).toBe(
    '1\nside\n',
  );
});

test('local changes fail without force, in check mode too, and are thrown away with it', async () => {
  const task = '- git: { repo: "{{ dir }}/src", dest: "{{ dir }}/app" }';
  await lab.run(task);
  await sh('echo mine >app/f; echo new >app/untracked');

  const refused = await lab.run(task);
  const predicted = await lab.run(task, { checkMode: true });
  const forced = await lab.run(task.replace('app" }', 'app", force: yes }'));

  expect([refused.failures[0]?.message, predicted.failures[0]?.message]).toEqual(
    Array(2).fill(`Local modifications exist in the destination: ${lab.folder}/app (force=no).`),
  );
  expect([forced.results, await sh('cat app/f app/untracked')]).toEqual([['git: changed'], '2\nnew\n']);
});

test('another origin is a change', async () => {
  await lab.run('- git: { repo: "{{ dir }}/src", dest: "{{ dir }}/app" }');
  await sh('git -C app remote set-url origin file:///elsewhere');

  const run = await lab.run('- git: { repo: "{{ dir }}/src", dest: "{{ dir }}/app" }');

  expect([run.results, firstDetail(run).remote_url_changed]).toEqual([['git: changed'], true]);
});

test('bare repositories and archives are made once', async () => {
  await thrice('bare: yes');
  await sh('rm -r app');
  const task =
    '- git: { repo: "{{ dir }}/src", dest: "{{ dir }}/app", archive: "{{ dir }}/a.tar", archive_prefix: x/ }';
  const first = await lab.run(task);
  const second = await lab.run(task);

  expect([first.results, second.results]).toEqual([['git: changed'], ['git: ok']]);
  expect(await sh('tar tf a.tar; rm a.tar')).toBe('x/\nx/f\n');
});

test('submodules come along, and update: no leaves everything', async () => {
  await sh(
    'git init -q -b main sub; cd sub; echo s >s; git add s; git commit -qm s; cd ../src; ' +
      'git -c protocol.file.allow=always submodule --quiet add "$PWD/../sub" sub; git commit -qm sub',
  );
  const task = '- git: { repo: "{{ dir }}/src", dest: "{{ dir }}/app", MORE }';
  const play =
    '  environment: { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: protocol.file.allow, GIT_CONFIG_VALUE_0: always }';

  const first = await lab.run(task.replace('MORE', 'version: main'), { play });
  const second = await lab.run(task.replace('MORE', 'version: main'), { play });
  await sh('cd src; echo 9 >f; git commit -qam 9');
  const left = await lab.run(task.replace('MORE', 'update: no'), { play });

  expect(first.failures).toEqual([]);
  expect([first.results, second.results, left.results]).toEqual([['git: changed'], ['git: ok'], ['git: ok']]);
  expect(await sh('cat app/sub/s app/f')).toBe('s\n2\n');
});

describe('tenant data', () => {
  test.each([
    [
      'a command for a repository',
      '{ repo: "{{ t }}", dest: "{{ dir }}/app" }',
      'ext::sh -c id',
      'refused: tenant data in repo',
    ],
    [
      'a folder of the machine',
      '{ repo: "{{ t }}", dest: "{{ dir }}/app" }',
      '/etc',
      'refused: tenant data in repo',
    ],
    [
      'an option for a version',
      '{ repo: /x, dest: "{{ dir }}/app", version: "{{ t }}" }',
      '--upload-pack=id',
      'version cannot be',
    ],
    [
      'a way out of the folder',
      '{ repo: /x, dest: "{{ dir }}/{{ t }}" }',
      '../../x',
      'must not leave its folder',
    ],
  ])('is not %s', async (_name, args, t, message) => {
    const run = await lab.run(`- git: ${args}`, { vars: { unsafe: { t } } });

    expect(run.failures[0]?.message).toContain(message);
  });
});

test("git's own reason is the message", async () => {
  const run = await lab.run('- git: { repo: "{{ dir }}/nothing", dest: "{{ dir }}/app" }');

  expect(run.failures[0]?.message).toContain('does not appear to be a git repository');
});
