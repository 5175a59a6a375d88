import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPlaybookLab, type LabRun, type PlaybookLab } from '../testing/playbook-lab.js';

/**
 * apt for real is tried on machines of a container engine, by the suites that have one. Here programs stand in for
 * apt-get and dpkg-query, which read what is installed from a file.
 */
const APT_GET = `#!/bin/sh
echo "$*" >>"$LAB/calls"
verb=; names=
for word; do case $word in install|remove|update|upgrade|dist-upgrade|autoremove) verb=$word ;; -*) ;; *=*|*-o*) names="$names \${word%%=*}" ;; *) names="$names $word" ;; esac; done
[ ! -e "$LAB/broken" ] || { echo 'E: Unable to locate package nothing' >&2; exit 100; }
n=0
for name in $names; do
  case $verb in
    install) grep -q "^$name " "$LAB/installed" || { echo "$name 1.0-1" >>"$LAB/installed"; n=$((n + 1)); } ;;
    remove) grep -v "^$name " "$LAB/installed" >"$LAB/kept"; mv "$LAB/kept" "$LAB/installed"; r=1 ;;
  esac
done
echo "0 upgraded, $n newly installed, \${r-0} to remove and 0 not upgraded."
`;
const DPKG_QUERY = `#!/bin/sh
for name; do :; done
v=$(sed -n "s/^$name //p" "$LAB/installed")
[ -n "$v" ] || exit 1
echo "ii $v"
`;

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(join(lab.folder, 'bin'), { recursive: true });
  await writeFile(join(lab.folder, 'installed'), 'bash 5.2-1\n');
  for (const [name, text] of Object.entries({ 'apt-get': APT_GET, 'dpkg-query': DPKG_QUERY })) {
    await writeFile(join(lab.folder, 'bin', name), text);
    await chmod(join(lab.folder, 'bin', name), 0o755);
  }
});
afterAll(() => lab.close());

function apt(args: string): Promise<LabRun> {
  const play = `  environment: { PATH: "${lab.folder}/bin:/usr/bin:/bin", LAB: "${lab.folder}" }`;
  return lab.run(`- apt: ${args}`, { play });
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
  expect(await calls()).toContain('remove --purge bash');
});

test("apt's own reason is the message", async () => {
  await writeFile(join(lab.folder, 'broken'), '');

  const run = await apt('name=nothing');

  expect(run.failures[0]?.message).toBe('cannot install nothing: E: Unable to locate package nothing');
});

test.each(['-o APT::x=y', '../evil.deb', 'a b', '$(id)', ''])('%j is no package name', async (name) => {
  const run = await lab.run('- apt: { name: ["{{ name }}"] }', { vars: { unsafe: { name } } });

  expect(run.failures[0]?.message).toContain('is no package name');
});

test('a machine without apt-get says so', async () => {
  const run = await lab.run('- apt: name=x', { play: '  environment: { PATH: /nowhere }' });

  expect(run.outcome).toBe('failed');
});
