import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openPlaybookLab,
  type LabOptions,
  type LabRun,
  type PlaybookLab,
} from '../../testing/playbook-lab.js';

/**
 * apt for real is tried on machines of a container engine, by the suites that have one. Here programs stand in for
 * apt-get and dpkg-query, which read what is installed from a file.
 */
const APT_GET = `#!/bin/sh
echo "$*" >>"$LAB/calls"
[ ! -e "$LAB/locked" ] || [ "$(wc -l <"$LAB/calls")" -ge 8 ] || { echo 'E: Could not get lock /var/lib/apt/lists/lock.' >&2; exit 100; }
[ ! -e "$LAB/broken" ] || { cat "$LAB/broken" >&2; exit 100; }
verb=; names=; dry=
for word; do case $word in install|remove|update|upgrade|dist-upgrade|autoremove|autoclean|clean) verb=$word ;; --simulate) dry=1 ;; -*) ;; *=*|*-o*) names="$names \${word%%=*}" ;; *) names="$names $word" ;; esac; done
n=0
echo 'Reading state information...'
for name in $names; do
  case $verb in
    install) n=$((n + 1)); echo "The following NEW packages will be installed: $name"; [ -n "$dry" ] || echo "\${name%%:*} 1.0-1 ii" >>"$LAB/installed" ;;
    remove) r=1; [ -n "$dry" ] || { grep -v "^$name " "$LAB/installed" >"$LAB/kept"; mv "$LAB/kept" "$LAB/installed"; } ;;
  esac
done
echo "0 upgraded, $n newly installed, \${r-0} to remove and 0 not upgraded."
`;

const DPKG_QUERY = `#!/bin/sh
echo query >>"$LAB/queries"
shift 3
for name; do
  while read -r n v s; do case $n in \${name%%:*}) printf '%s|%s |%s\\n%s:amd64|%s |%s\\n' "$n" "$s" "$v" "$n" "$s" "$v" ;; esac; done <"$LAB/installed"
done
`;

const APT_CACHE = `#!/bin/sh
case $1 in
  pkgnames) for name in apache2 apache2-utils bash; do case $name in "$2"*) echo "$name" ;; esac; done ;;
  policy) shift; for name; do
    while read -r n v s; do [ "$n" != "$name" ] || printf '%s:\\n  Installed: %s\\n  Candidate: %s\\n' "$n" "$v" "$(cat "$LAB/candidate")"; done <"$LAB/installed"
  done ;;
esac
`;

const PROGRAMS = { 'apt-get': APT_GET, 'dpkg-query': DPKG_QUERY, 'apt-cache': APT_CACHE };

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(join(lab.folder, 'bin'), { recursive: true });
  await writeFile(join(lab.folder, 'installed'), 'bash 5.2-1 ii\nold 1.0 rc\n');
  await writeFile(join(lab.folder, 'candidate'), '5.2-1');
  for (const [name, text] of Object.entries(PROGRAMS)) {
    await writeFile(join(lab.folder, 'bin', name), text);
    await chmod(join(lab.folder, 'bin', name), 0o755);
  }
});
afterAll(() => lab.close());

function apt(args: string, options: LabOptions = {}): Promise<LabRun> {
  const play = `  environment: { PATH: "${lab.folder}/bin:/usr/bin:/bin", LAB: "${lab.folder}" }`;
  return lab.run(`- apt: ${args}`, { play, ...options });
}
const calls = () => readFile(join(lab.folder, 'calls'), 'utf8').catch(() => '');

test('installs what is missing, once', async () => {
  const first = await apt('{ name: [bash, apache2, "libfoo:amd64"] }');
  const second = await apt('name=bash,apache2,libfoo:amd64 state=present');

  expect([first.results, second.results]).toEqual([['apt: changed'], ['apt: ok']]);
  expect(await calls()).toMatch(
    /^-y -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60 install apache2 libfoo:amd64\n$/,
  );
});

test('a version is compared as a glob', async () => {
  const right = await apt('{ name: "bash=5.*" }');
  const other = await apt('{ name: "bash=6.0-1" }');

  expect(right.results).toEqual(['apt: ok']);
  expect(await calls()).toContain('install bash=6.0-1');
  expect(other.outcome).toBe('succeeded');
});

test('removes what is there, once', async () => {
  const first = await apt('{ name: bash, state: absent, purge: yes }');
  const second = await apt('{ name: bash, state: absent }');

  expect([first.results, second.results]).toEqual([['apt: changed'], ['apt: ok']]);
  expect(await calls()).toMatch(/^[^\n]*remove --purge bash\n$/);
});

test("apt's own reason is the message", async () => {
  await writeFile(join(lab.folder, 'broken'), 'E: The disk is on fire\n');

  const run = await apt('name=nothing');

  expect(run.failures[0]?.message).toBe('cannot install nothing: E: The disk is on fire');
});

test.each([
  ['E: Unable to locate package nothing', "No package matching 'nothing' is available"],
  ["E: Package 'nothing' has no installation candidate", 'no available installation candidate for nothing=1'],
  ["E: Version '1' for 'nothing' was not found", 'no available installation candidate for nothing=1'],
])('%j is said in the words of Ansible', async (why, message) => {
  await writeFile(join(lab.folder, 'broken'), `${why}\n`);

  const run = await apt('{ name: "nothing=1" }');

  expect(run.failures[0]?.message).toBe(message);
});

test('dpkg is asked once for all packages, and nothing else is run when they are there', async () => {
  const run = await apt('{ name: [bash, "bash:amd64", "bash=5*", "bash>=5"] }');

  expect(run.results).toEqual(['apt: ok']);
  expect(await readFile(join(lab.folder, 'queries'), 'utf8')).toBe('query\n');
  expect(await calls()).toBe('');
});

test('latest installs what has a newer candidate, and nothing else', async () => {
  const current = await apt('{ name: bash, state: latest }');
  await writeFile(join(lab.folder, 'candidate'), '5.3-1');
  const newer = await apt('{ name: bash, state: latest }');
  const pinned = await apt('{ name: "bash=5.2*", state: latest }');

  expect([current.results, newer.results, pinned.results]).toEqual([
    ['apt: ok'],
    ['apt: changed'],
    ['apt: ok'],
  ]);
  expect(await calls()).toMatch(/^[^\n]*install bash\n$/);
});

test('only_upgrade installs nothing new', async () => {
  const run = await apt('{ name: [nothing, bash], only_upgrade: yes }');

  expect(run.results).toEqual(['apt: ok']);
  expect(await calls()).toBe('');
});

test('a glob stands for every name that apt knows', async () => {
  const first = await apt('{ name: "apache2*" }');
  const second = await apt('{ name: "apache[23]*" }');
  const none = await apt('{ name: "nosuch*" }');

  expect([first.results, second.results]).toEqual([['apt: changed'], ['apt: ok']]);
  expect(await calls()).toContain('install apache2 apache2-utils\n');
  expect(none.failures[0]?.message).toBe("No package(s) matching 'nosuch*' available");
});

test('purge removes what is left of a removed package, once', async () => {
  const kept = await apt('{ name: old, state: absent }');
  const purged = await apt('{ name: old, state: absent, purge: yes }');
  const again = await apt('{ name: old, state: absent, purge: yes }');

  expect([kept.results, purged.results, again.results]).toEqual([['apt: ok'], ['apt: changed'], ['apt: ok']]);
});

test('check mode simulates, and a diff is the plan of apt', async () => {
  const run = await apt('{ name: apache2, policy_rc_d: 101, clean: yes }', {
    checkMode: true,
    diffMode: true,
  });
  const there = await apt('{ name: bash }', { checkMode: true });

  expect([run.results, there.results]).toEqual([['apt: changed'], ['apt: ok']]);
  expect(await calls()).toMatch(/^[^\n]*--simulate install apache2\n$/);
  expect(await readFile(join(lab.folder, 'installed'), 'utf8')).not.toContain('apache2');
});

test('fresh lists alone are a change, with a package they are not', async () => {
  const alone = await apt('update_cache=yes', { checkMode: true });
  const together = await apt('{ name: bash, update_cache: yes }', { checkMode: true });

  expect([alone.results, together.results]).toEqual([['apt: changed'], ['apt: ok']]);
});

test('the lock of the lists is waited for, which is no failed try', async () => {
  await writeFile(join(lab.folder, 'locked'), '');

  const run = await apt('{ update_cache: yes, update_cache_retries: 1 }');

  expect([run.failures, run.results]).toEqual([[], ['apt: changed']]);
  expect((await calls()).split('\n').filter((line) => line.startsWith('update'))).toHaveLength(8);
});

test.each([
  ['{ name: bash, upgrade: yes }', 'mutually exclusive: deb|package|upgrade'],
  ['{ deb: /x.deb, state: absent }', 'deb only supports state=present'],
])('%s cannot be meant', async (args, sentence) => {
  const run = await apt(args);

  expect(run.failures[0]?.message).toContain(sentence);
});

test('tenant data is no pattern', async () => {
  const run = await lab.run('- apt: { name: "{{ name }}" }', { vars: { unsafe: { name: 'a*' } } });

  expect(run.failures[0]?.message).toContain('refused: tenant data would be a pattern');
});

test.each(['-o APT::x=y', '../evil.deb', 'a b', '$(id)', ''])('%j is no package name', async (name) => {
  const run = await lab.run('- apt: { name: ["{{ name }}"] }', { vars: { unsafe: { name } } });

  expect(run.failures[0]?.message).toContain('is no package name');
});

test('a machine without apt-get says so', async () => {
  const run = await lab.run('- apt: name=x', { play: '  environment: { PATH: /nowhere }' });

  expect(run.outcome).toBe('failed');
});
