import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDebianMirrors, sourcesFile } from './host-mirrors.js';

const DEBIAN = { main: 'http://deb.debian.org/debian', security: 'http://deb.debian.org/debian-security' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-apt-'));
  await mkdir(join(folder, 'sources.list.d'));
});
afterEach(() => rm(folder, { recursive: true }));

async function mirrors(release: string, files: Record<string, string>) {
  await writeFile(join(folder, 'os-release'), release);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return readDebianMirrors(folder, join(folder, 'os-release'));
}

const BOOKWORM = 'ID=debian\nVERSION_CODENAME=bookworm\n';

describe('the mirrors of a host', () => {
  it('are read from deb822 files, comments and switched-off stanzas left out', async () => {
    const text = `Types: deb
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib

Enabled: no
Types: deb
URIs: http://old.example/security
Suites: bookworm-security
Components: main

Types: deb deb-src
URIs: http://mirror.example/security
Suites: bookworm-security
Components: main
`;

    expect(await mirrors(BOOKWORM, { 'sources.list.d/debian.sources': text })).toEqual({
      main: 'http://mirror.example/debian',
      security: 'http://mirror.example/security',
    });
  });

  it('are read from one-line files, and others’ packages are not taken for Debian', async () => {
    const text = `# deb http://commented.example bookworm main
deb [arch=amd64 signed-by=/k.gpg] https://node.example/debian bookworm main
deb [arch=amd64] https://mirror.example/debian bookworm main non-free-firmware # ours
deb https://mirror.example/debian bookworm-updates main
deb https://docker.example/linux/debian bookworm-security stable
`;

    expect(await mirrors(BOOKWORM, { 'sources.list': text })).toEqual({
      main: 'https://mirror.example/debian',
      security: DEBIAN.security,
    });
  });

  it('of another release give the same mirror', async () => {
    const text = 'deb http://mirror.example/debian trixie-updates main\n';

    expect(await mirrors('ID=debian\nVERSION_CODENAME=trixie\n', { 'sources.list': text })).toMatchObject({
      main: 'http://mirror.example/debian',
    });
  });

  it('are Debian’s own on any other system', async () => {
    const text = 'deb http://archive.ubuntu.com/ubuntu noble-updates main\n';

    expect(await mirrors('ID=ubuntu\nVERSION_CODENAME=noble\n', { 'sources.list': text })).toEqual(DEBIAN);
    expect(await readDebianMirrors(folder, '/nonexistent')).toEqual(DEBIAN);
  });

  it('become a file with security updates', () => {
    const file = sourcesFile(DEBIAN);

    expect(file).toContain('URIs: http://deb.debian.org/debian-security\nSuites: bookworm-security\n');
    expect(file.split('\n\n')).toHaveLength(2);
  });
});
