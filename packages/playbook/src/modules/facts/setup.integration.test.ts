import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { hostname, totalmem, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../../testing/playbook-lab.js';

let lab: PlaybookLab;

beforeAll(async () => {
  lab = await openPlaybookLab();
});

afterAll(() => lab.close());

test('facts become variables, with their prefix and in ansible_facts', async () => {
  const run = await lab.run(`
- setup:
- assert:
    that:
      - ansible_system == 'Linux' and ansible_facts.system == 'Linux'
      - ansible_nodename == '${hostname()}'
      - ansible_user_id == '${userInfo().username}' and ansible_user_uid == ${userInfo().uid}
      - ansible_memtotal_mb == ${Math.floor(totalmem() / 1024 ** 2)}
      - ansible_processor_nproc >= 1
      - ansible_date_time.iso8601 is match('20..-..-..T')
      - ansible_env.HOME is defined and ansible_lo is defined or ansible_interfaces == []
      - ansible_pkg_mgr == 'apt' or ansible_os_family != 'Debian'
`);

  expect(run.failures).toEqual([]);
});

test('only what is asked for is gathered', async () => {
  const run = await lab.run(`
- setup: { gather_subset: ['!all', '!min', loadavg] }
  register: r
- assert: { that: "r.ansible_facts | list == ['ansible_loadavg', 'gather_subset', 'module_setup']" }
- gather_facts: { filter: [ansible_user_*, distribution] }
  register: r
- assert:
    that:
      - r.ansible_facts.ansible_user_id is defined and r.ansible_facts.ansible_distribution is defined
      - r.ansible_facts.ansible_system is undefined
- setup: { gather_subset: nonsense }
`);

  expect(run.failures[0]?.message).toContain("Bad subset 'nonsense'");
});

test('the machine has facts of its own: JSON, INI, programs; a bad one is said in its place', async () => {
  const folder = join(lab.folder, 'facts.d');
  await mkdir(folder);
  const files = {
    'json.fact': '{"port": 80, "load": 1.0, "text": "{{ 7 * 7 }}"}',
    'ini.fact': '[web]\nPort = 80\n',
    'program.fact': '#!/bin/sh\necho noise >&2; echo \'["a"]\'\n',
    'broken.fact': '#!/bin/sh\necho why >&2; exit 3\n',
    'words.fact': 'just words',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  for (const name of ['program.fact', 'broken.fact']) await chmod(join(folder, name), 0o755);

  const run = await lab.run(`
- setup: { fact_path: "{{ dir }}/facts.d", filter: ansible_local }
  register: filtered
- assert:
    that:
      - filtered.ansible_facts | list == ['ansible_local']
      - ansible_local.json.port == 80 and ansible_local.json.load | string == '1.0'
      - ansible_local.json.text == '{' ~ '{ 7 * 7 }' ~ '}'
      - ansible_local.ini.web.port == '80'
      - ansible_local.program == ['a']
      - "ansible_local.broken == 'Failure executing fact script (' ~ dir ~ '/facts.d/broken.fact), rc: 3, err: why'"
      - "'error loading facts as JSON or ini' in ansible_local.words"
`);

  expect(run.failures).toEqual([]);
});
