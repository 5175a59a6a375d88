import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../../testing/playbook-lab.js';

/** Programs that stand in for dpkg and apt, as in the suite of apt. */
const PROGRAMS = {
  dpkg: '#!/bin/sh\necho amd64\n',
  'apt-get': '#!/bin/sh\necho "$*" >>"$LAB/calls"; echo "0 upgraded, 1 newly installed, 0 to remove"\n',
  'dpkg-query': `#!/bin/sh
case $3 in
  *Section*) printf 'ii \\tbash\\t5.2\\tamd64\\tshells\\t\\nii \\tlibc6:amd64\\t2.36\\tamd64\\tlibs\\tDebian\\nii \\tlibc6:i386\\t2.36\\ti386\\tlibs\\t\\nrc \\told\\t1\\tall\\tmisc\\t\\n' ;;
  *) printf 'bash|ii |5.2\\nbash:amd64|ii |5.2\\n' ;;
esac
`,
};

let lab: PlaybookLab;
let play: string;

beforeAll(async () => {
  lab = await openPlaybookLab();
  const bin = join(lab.folder, 'bin');
  await mkdir(bin);
  for (const [name, text] of Object.entries(PROGRAMS)) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  play = `  environment: { PATH: "${bin}:/usr/bin:/bin", LAB: "${lab.folder}" }`;
});

afterAll(() => lab.close());

test('package is apt', async () => {
  const run = await lab.run(
    '- package: { name: [bash], state: present }\n- package: { name: "bash,tree", use: apt }',
    { play },
  );

  expect(run.results).toEqual(['package: ok', 'package: changed']);
  expect(await readFile(join(lab.folder, 'calls'), 'utf8')).toContain('install tree\n');
});

test('a package manager that is not known is said', async () => {
  const other = await lab.run('- package: { name: x, use: dnf }');
  const none = await lab.run('- package: { name: x }', { play: '  environment: { PATH: /nowhere }' });

  expect(other.failures[0]?.message).toContain('only apt is known here');
  expect(none.failures[0]?.message).toContain('no package manager that is known here');
});

test('packages become a variable, those of another architecture under a name of their own', async () => {
  const run = await lab.run(
    `
- package_facts:
- assert:
    that:
      - packages | list | sort == ['bash', 'libc6', 'libc6:i386']
      - "packages.libc6 == [{'name': 'libc6', 'version': '2.36', 'arch': 'amd64', 'category': 'libs', 'origin': 'Debian', 'source': 'apt'}]"
      - ansible_facts.packages.bash[0].origin == ''
- package_facts: { manager: [rpm] }
`,
    { play },
  );

  expect(run.failures[0]?.message).toContain('cannot ask rpm: only apt is known here');
});
