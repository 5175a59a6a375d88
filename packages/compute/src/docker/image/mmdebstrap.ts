import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DriverError } from '../../driver-error.js';
import { SUITE, type DebianMirrors } from './host-mirrors.js';
import { PACKAGES } from './recipe.js';
import { MissingToolError } from './missing-tool-error.js';

const HOUR = 3_600_000;
const UNFINISHED = 'unfinished-';

interface Bootstrap {
  cacheDir: string;
  mirrors: DebianMirrors;
  /** apt.conf lines. */
  buildOptions: readonly string[];
  onProgress: (line: string) => void;
  /** Why no registry could be used, for the error when this fails too. */
  instead: string;
}

/** Where the root file system of a Debian with our packages is kept: the same mirrors and packages, the same file. */
export function tarPath(cacheDir: string, mirrors: DebianMirrors): string {
  return join(cacheDir, `base-${hashOf(mirrors)}.tar`);
}

/** Tag for that file imported into an engine. */
export function baseTag(mirrors: DebianMirrors): string {
  return `tenon-base:${hashOf(mirrors)}`;
}

/**
 * Makes the root file system with mmdebstrap (about 50 s) unless it is in the cache, and returns the file's path.
 * Several processes may do so at the same time: each writes its own file, the last rename wins.
 * Throws `MissingToolError` without mmdebstrap, `no-image` when it fails.
 */
export async function bootstrapTar(options: Bootstrap): Promise<string> {
  const path = tarPath(options.cacheDir, options.mirrors);
  if (await exists(path)) return path;
  await mkdir(options.cacheDir, { recursive: true });
  await removeLeftovers(options.cacheDir);
  // mmdebstrap takes the format from the suffix: "x.tar.tmp" would become a folder.
  const unfinished = join(options.cacheDir, `${UNFINISHED}${randomUUID()}.tar`);
  try {
    options.onProgress('Making a Debian root file system with mmdebstrap (about a minute)');
    await mmdebstrap([...argumentsFor(options), SUITE, unfinished, ...sourceLines(options.mirrors)], options);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
  return path;
}

/** A process that was killed leaves its file: 150 MB that nobody looks for. A live one is younger than an hour. */
async function removeLeftovers(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(cacheDir, name);
    const written = await stat(path).catch(() => null);
    if (written !== null && Date.now() - written.mtimeMs > HOUR) await rm(path, { force: true });
  }
}

function argumentsFor({ buildOptions }: Bootstrap): string[] {
  return [
    '--variant=minbase',
    `--include=${PACKAGES.join(',')}`,
    '--dpkgopt=force-unsafe-io',
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/locale/*',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    '--aptopt=Acquire::Languages "none"',
    ...buildOptions.map((option) => `--aptopt=${option.replace(/;$/, '')}`),
  ];
}

function sourceLines(mirrors: DebianMirrors): string[] {
  return [
    `deb ${mirrors.main} ${SUITE} main`,
    `deb ${mirrors.main} ${SUITE}-updates main`,
    `deb ${mirrors.security} ${SUITE}-security main`,
  ];
}

function mmdebstrap(args: string[], { onProgress, instead }: Bootstrap): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('mmdebstrap', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const tail: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      tail.push(line);
      if (tail.length > 15) tail.shift();
      const step = /^I: (.+)/.exec(line)?.[1];
      if (step !== undefined) onProgress(`mmdebstrap: ${step}`);
    });
    child.once('error', (cause) => reject(new MissingToolError('mmdebstrap', instead, cause)));
    child.once('close', (code) => {
      if (code === 0) {
        resolve();
        return;
      }
      const why = tail.filter((line) => /^(E|W|dpkg|Err)/.test(line)).join(' ') || tail.join(' ');
      reject(
        new DriverError(
          'no-image',
          `cannot build the instance image: ${instead}, and mmdebstrap failed: ${why}; see that a Debian mirror can be reached`,
          { retryable: true },
        ),
      );
    });
  });
}

function hashOf(mirrors: DebianMirrors): string {
  const recipe = [SUITE, mirrors.main, mirrors.security, process.arch, ...PACKAGES].join('\n');
  return createHash('sha256').update(recipe).digest('hex').slice(0, 16);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
