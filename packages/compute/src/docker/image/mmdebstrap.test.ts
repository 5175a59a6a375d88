import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootstrapTar } from './mmdebstrap.js';

const mirrors = { main: 'http://mirror.example/debian', security: 'http://mirror.example/security' };
const searchPath = process.env['PATH'];

let folder: string;
let cacheDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-mmdebstrap-'));
  cacheDir = join(folder, 'cache');
  process.env['PATH'] = `${folder}:${searchPath ?? ''}`;
});

afterEach(async () => {
  process.env['PATH'] = searchPath;
  await rm(folder, { recursive: true });
});

/** A program that stands where mmdebstrap would. */
async function program(script: string): Promise<void> {
  await writeFile(join(folder, 'mmdebstrap'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'mmdebstrap'), 0o755);
}

function bootstrap(lines: string[] = []): Promise<string> {
  const buildOptions = ['Acquire::http::Proxy "http://proxy.example:3128";'];
  const onProgress = (line: string): unknown => lines.push(line);
  return bootstrapTar({ cacheDir, mirrors, buildOptions, onProgress, instead: 'nothing can be pulled' });
}

describe('the root file system', () => {
  it('is made from the host’s mirrors through its proxy, and told about step by step', async () => {
    await program(`echo "$@" > ${folder}/arguments; echo "I: extracting archives..." >&2
      for last; do case $last in *.tar) echo made > "$last";; esac; done`);
    const lines: string[] = [];

    const path = await bootstrap(lines);

    expect(await readFile(path, 'utf8')).toBe('made\n');
    expect(await readdir(cacheDir)).toHaveLength(1);
    const used = await readFile(join(folder, 'arguments'), 'utf8');
    expect(used).toContain('--aptopt=Acquire::http::Proxy "http://proxy.example:3128"');
    expect(used).toContain('deb http://mirror.example/security bookworm-security main');
    expect(lines).toContain('mmdebstrap: extracting archives...');
  });

  it('is made once', async () => {
    await program('for last; do case $last in *.tar) echo made > "$last";; esac; done');
    const first = await bootstrap();
    await program('exit 1');

    expect(await bootstrap()).toBe(first);
  });

  it('that cannot be made leaves nothing behind and says why', async () => {
    await program(
      'for last; do case $last in *.tar) echo half > "$last";; esac; done; echo "E: no mirror" >&2; exit 1',
    );

    await expect(bootstrap()).rejects.toMatchObject({
      code: 'no-image',
      message: expect.stringContaining(
        'nothing can be pulled, and mmdebstrap failed: E: no mirror',
      ) as string,
    });
    expect(await readdir(cacheDir)).toEqual([]);
  });

  it('takes what a killed process left an hour ago out of the way', async () => {
    await program('for last; do case $last in *.tar) echo made > "$last";; esac; done');
    await mkdir(cacheDir);
    for (const [name, ageMs] of [
      ['unfinished-old.tar', 3_700_000],
      ['unfinished-new.tar', 0],
    ] as const) {
      await writeFile(join(cacheDir, name), '');
      await utimes(join(cacheDir, name), new Date(), new Date(Date.now() - ageMs));
    }

    const path = await bootstrap();

    expect((await readdir(cacheDir)).sort()).toEqual([basename(path), 'unfinished-new.tar']);
  });

  it('needs a program, and says which one to install', async () => {
    process.env['PATH'] = '/nonexistent';

    await expect(bootstrap()).rejects.toMatchObject({
      code: 'no-image',
      tool: 'mmdebstrap',
      message: expect.stringContaining('sudo apt-get install mmdebstrap') as string,
    });
  });
});
