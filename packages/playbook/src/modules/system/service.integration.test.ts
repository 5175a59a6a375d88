import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  openPlaybookLab,
  type LabOptions,
  type LabRun,
  type PlaybookLab,
} from '../../testing/playbook-lab.js';

/** systemd for real is on a machine of its own; here a program stands in for systemctl, and its unit is a file. */
const SYSTEMCTL = `#!/bin/sh
cd "$LAB" || exit
for word; do case $word in --) ;; -*) ;; *) verb=\${verb:-$word}; unit=$word ;; esac; done
case $verb in show) ;; *) echo "$*" >>calls ;; esac
. ./unit
case $verb in
  show) printf 'Id=%s\\nLoadState=%s\\nActiveState=%s\\nUnitFileState=%s\\nExecStart={ path=/bin/x\\n  more }\\n' "$unit" "$load" "$active" "$file" ;;
  start|restart) active=active; [ ! -e broken ] || { echo 'Job failed.' >&2; exit 1; } ;;
  stop) active=inactive ;;
  enable) file=enabled ;; disable) file=disabled ;;
  mask) load=masked ;; unmask) load=loaded ;;
esac
printf 'load=%s; active=%s; file=%s\\n' "$load" "$active" "$file" >unit
`;

let lab: PlaybookLab;

beforeAll(async () => {
  lab = await openPlaybookLab();
});

afterAll(() => lab.close());

const calls = () => readFile(join(lab.folder, 'calls'), 'utf8').catch(() => '');

describe('systemd', () => {
  beforeEach(async () => {
    await rm(lab.folder, { recursive: true, force: true });
    await mkdir(join(lab.folder, 'bin'), { recursive: true });
    await writeFile(join(lab.folder, 'unit'), 'load=loaded; active=inactive; file=disabled\n');
    await writeFile(join(lab.folder, 'bin/systemctl'), SYSTEMCTL);
    await chmod(join(lab.folder, 'bin/systemctl'), 0o755);
  });

  function run(tasks: string, options: LabOptions = {}): Promise<LabRun> {
    const play = `  environment: { PATH: "${lab.folder}/bin:/usr/bin:/bin", LAB: "${lab.folder}" }`;
    return lab.run(tasks, { play, ...options });
  }

  test.each([
    ['{ name: web, state: started, enabled: yes }', 'enable -- web\nstart -- web\n'],
    ['{ name: web, masked: yes }', 'mask -- web\n'],
  ])('%s is done once', async (args, wanted) => {
    const first = await run(`- systemd: ${args}`);
    const second = await run(`- systemd_service: ${args}`);

    expect([first.results, second.results]).toEqual([['systemd: changed'], ['systemd_service: ok']]);
    expect(await calls()).toBe(wanted);
  });

  test('service uses it too, and shows its properties', async () => {
    const result = await run(`
- service: { name: web, state: started, use: systemd }
  register: r
- assert:
    that:
      - r.status.ActiveState == 'inactive' and r.status.Id == 'web' and r.state == 'started'
      - r.status.ExecStart == '{ path=/bin/x' ~ "\\n" ~ '  more }'
`);

    expect(result.failures).toEqual([]);
  });

  test('check mode predicts and tells it nothing', async () => {
    const result = await run('- systemd: { name: web, state: restarted, enabled: yes, daemon_reload: yes }', {
      checkMode: true,
    });

    expect(result.results).toEqual(['systemd: changed']);
    expect(await calls()).toBe('');
  });

  test('flags go to every call, daemon-reload comes first and is no change', async () => {
    const reloaded = await run('- systemd: { daemon_reload: yes }');
    await run('- systemd: { name: web, state: started, no_block: yes, scope: user, daemon_reload: yes }');

    expect(reloaded.results).toEqual(['systemd: ok']);
    expect(await calls()).toBe(
      'daemon-reload\n--user --no-block daemon-reload\n--user --no-block start -- web\n',
    );
  });

  test('what systemd says is the reason', async () => {
    await writeFile(join(lab.folder, 'broken'), '');

    const result = await run('- systemd: { name: web, state: started }');

    expect(result.failures[0]?.message.trim()).toBe('Unable to start service web: Job failed.');
  });

  test.each([
    ['{ name: "w*", state: started }', "glob patterns, found '*'"],
    ['{ name: "$(id)", state: started }', 'is no name of a service'],
    ['{ name: web }', 'one of the following is required: state, enabled'],
    ['{ state: started }', "missing parameter(s) required by 'state': name"],
  ])('%s is refused', async (args, sentence) => {
    const result = await run(`- systemd: ${args}`);

    expect(result.failures[0]?.message).toContain(sentence);
  });
});

describe.runIf(process.getuid?.() === 0)('init scripts', () => {
  const name = `tenon-check-${process.pid}`;
  const state = `/tmp/${name}.state`;
  const script = `#!/bin/sh\ncase $1 in start) echo "$*" >${state} ;; stop) rm -f ${state} ;; status) [ -e ${state} ] || exit 3 ;; esac\n`;
  beforeAll(() => writeFile(`/etc/init.d/${name}`, script, { mode: 0o755 }));
  afterAll(() => Promise.all([`/etc/init.d/${name}`, state].map((path) => rm(path, { force: true }))));

  test('are predicted in check mode, and get the words of the task', async () => {
    const task = `- service: { name: ${name}, state: started, use: sysvinit, arguments: 'a "b;c' }`;

    const predicted = await lab.run(task, { checkMode: true });
    const kept = await readFile(state, 'utf8').catch(() => 'nothing');
    const first = await lab.run(task);
    const second = await lab.run(task);

    expect(kept).toBe('nothing');
    expect([predicted.results, first.results, second.results]).toEqual([
      ['service: changed'],
      ['service: changed'],
      ['service: ok'],
    ]);
    expect(await readFile(state, 'utf8')).toBe('start a "b;c\n');
  });
});
