import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  openPlaybookLab,
  type LabOptions,
  type LabRun,
  type PlaybookLab,
} from '../../testing/playbook-lab.js';

/** Programs that stand in for apt and gpg; a key is a file with its number, a keyring a list of numbers. */
const PROGRAMS = {
  'apt-get':
    '#!/bin/sh\necho "$*" >>"$LAB/calls"\n[ ! -e "$LAB/broken" ] || { echo "E: no such place" >&2; exit 100; }\n',
  gpg: '#!/bin/sh\nsed -n "s/^KEY \\(.*\\)/pub:-:4096:1:\\1:1700000000::/p" "$3"\n',
  'apt-key': `#!/bin/sh
cd "$LAB" || exit
case $1 in
  adv) sed 's#.*#pub   rsa4096/& 2024-01-01 [SC]#' ring 2>/dev/null ;;
  add) sed -n 's/^KEY //p' "$2" >>ring ;;
  del) sed -i "/$2\\$/d" ring ;;
esac
`,
};

const KEY = '0123456789ABCDEF';

let lab: PlaybookLab;

beforeAll(async () => {
  lab = await openPlaybookLab();
});

beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(join(lab.folder, 'bin'), { recursive: true });
  for (const [name, text] of Object.entries(PROGRAMS)) {
    await writeFile(join(lab.folder, 'bin', name), text);
    await chmod(join(lab.folder, 'bin', name), 0o755);
  }
});

afterAll(() => lab.close());

function run(tasks: string, options: LabOptions = {}): Promise<LabRun> {
  const play = `  environment: { PATH: "${lab.folder}/bin:/usr/bin:/bin", LAB: "${lab.folder}" }`;
  return lab.run(tasks, { play, ...options });
}

const calls = () => readFile(join(lab.folder, 'calls'), 'utf8').catch(() => '');

describe.runIf(process.getuid?.() === 0)('apt_repository', () => {
  const name = `tenon-test-${process.pid}`;
  const line = `deb http://apt.example.org/${name} stable main`;
  const path = `/etc/apt/sources.list.d/${name}.list`;
  const task = (more = '') => `- apt_repository: { repo: "${line}", filename: ${name}${more} }`;

  afterEach(() => rm(path, { force: true }));

  test('adds the line once, with fresh lists, and removes it once', async () => {
    const added = await run(task());
    const again = await run(task(', mode: "0600"'));
    const text = await readFile(path, 'utf8');
    const { mode } = await stat(path);
    const removed = await run(task(', state: absent, update_cache: no'));
    const gone = await run(task(', state: absent'));

    const changed = ['apt_repository: changed'];
    const ok = ['apt_repository: ok'];
    expect([added.results, again.results, removed.results, gone.results]).toEqual([changed, ok, changed, ok]);
    expect(text).toBe(`${line}\n`);
    expect((mode & 0o777).toString(8)).toBe('644');
    expect(await calls()).toBe('update -q\n');
  });

  test('check mode predicts with a diff and writes nothing', async () => {
    const predicted = await run(task(), { checkMode: true, diffMode: true });

    expect(predicted.results).toEqual(['apt_repository: changed']);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('when apt cannot read it, all is as it was', async () => {
    await writeFile(join(lab.folder, 'broken'), '');

    const failed = await run(task(', update_cache_retries: 2, update_cache_retry_max_delay: 0'));

    expect(failed.failures[0]?.message).toBe('Failed to update apt cache: E: no such place');
    expect(await readdir('/etc/apt/sources.list.d')).not.toContain(`${name}.list`);
  });

  test('tenant data makes no second line and leaves the folder with nothing', async () => {
    const unsafe = { suite: 'a\ndeb http://evil.example.org b', folder: '../evil' };
    const lines = await run(
      `- apt_repository: { repo: "deb http://x.example.org {{ suite }}", filename: ${name} }`,
      { vars: { unsafe } },
    );
    const escape = await run(`- apt_repository: { repo: "${line}", filename: "{{ folder }}" }`, {
      vars: { unsafe },
    });

    expect(lines.results).toEqual(['apt_repository: changed']);
    expect(await readFile(path, 'utf8')).toBe('deb http://x.example.org a deb http://evil.example.org b\n');
    expect(escape.failures[0]?.message).toContain('must not leave its folder');
  });
});

describe('apt_key', () => {
  test('adds a key once and removes it once', async () => {
    const tasks = (args: string) => `- apt_key: { ${args} }`;

    const added = await run(tasks(`data: "KEY ${KEY}"`));
    const again = await run(tasks(`id: "0x${KEY.slice(-8).toLowerCase()}", data: "KEY ${KEY}"`));
    const removed = await run(tasks(`id: ${JSON.stringify(KEY)}, state: absent`));
    const gone = await run(tasks(`id: ${JSON.stringify(KEY)}, state: absent`));

    const [changed, ok] = [['apt_key: changed'], ['apt_key: ok']];
    expect([added.results, again.results, removed.results, gone.results]).toEqual([changed, ok, changed, ok]);
  });

  test('says which key, before and after; check mode adds none', async () => {
    await writeFile(join(lab.folder, 'key'), `KEY ${KEY}\n`);
    const predicted = await run('- apt_key: { file: "{{ dir }}/key" }', { checkMode: true });

    const result = await run(`
- apt_key: { file: "{{ dir }}/key" }
  register: r
- assert:
    that:
      - r.key_id == '${KEY}' and r.fp == '${KEY}' and r.short_id == '89ABCDEF'
      - r.before == [] and r.after == ['${KEY}']
`);

    expect(predicted.results).toEqual(['apt_key: changed']);
    expect(result.failures).toEqual([]);
  });

  test.each([
    ['{ data: words }', "Unable to extract key from 'inline data'"],
    ['{ id: xyz, data: words }', 'Invalid key_id'],
    ['{ keyserver: keys.example.org }', 'Missing key_id, required with keyserver.'],
    ['{ data: a, url: b }', 'parameters are mutually exclusive: data|file|keyserver|url'],
  ])('%s is refused', async (args, sentence) => {
    const result = await run(`- apt_key: ${args}`);

    expect(result.failures[0]?.message).toContain(sentence);
  });
});
