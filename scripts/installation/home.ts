import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isEnterableByOthers, outsideFolder } from '../system/enterable.ts';

/** The folders and files of one installation. */
export interface Home {
  path: string;
  /** PostgreSQL's data. */
  database: string;
  logs: string;
  /** 0600: the password of the database. */
  databasePassword: string;
  /** 0600: the key that secrets in the database are encrypted with. */
  secretKey: string;
  /** Who runs this installation at the moment. */
  lock: string;
  /** Says that the folder is an installation's: only such a folder is ever destroyed. */
  marker: string;
  /** Processes that were started, so that the next start finds those a killed run left behind. */
  children: string;
}

/** Where things are in an installation's folder. */
export function homeAt(path: string): Home {
  return {
    path,
    database: join(path, 'postgres', 'data'),
    logs: join(path, 'logs'),
    databasePassword: join(path, 'secrets', 'database-password'),
    secretKey: join(path, 'secrets', 'secret-key'),
    lock: join(path, 'lock'),
    marker: join(path, '.tenon-installation'),
    children: join(path, 'children.json'),
  };
}

/**
 * The home for a wanted path. As root the database runs as another account, which must be able to enter: under a path
 * it cannot enter (a clone in /root) the home is a folder under /var/tmp, named by a hash of the wanted path.
 */
export async function findHome(wanted: string): Promise<Home> {
  const path = resolve(wanted);
  const usesOtherAccount = process.getuid?.() === 0;
  if (!usesOtherAccount || (await isEnterableByOthers(dirname(path)))) return homeAt(path);
  return homeAt(await outsideFolder(path));
}

/** Whether the folder holds an installation. */
export async function isHome(home: Home): Promise<boolean> {
  return (await readdir(home.path).catch((): string[] => [])).includes(basename(home.marker));
}

/**
 * Makes the folders. Others may walk through to the database as root, but see nothing: secrets and logs are ours alone.
 * Throws when the folder holds somebody else's files, because `npm run reset` would destroy them.
 */
export async function makeHome(home: Home): Promise<void> {
  await mkdir(home.path, { recursive: true });
  if (!(await isHome(home))) {
    const others = await readdir(home.path);
    if (others.length > 0) {
      throw new Error(
        `cannot keep an installation in ${home.path}: it holds other files (${others.slice(0, 3).join(', ')}); set TENON_HOME to an empty folder`,
      );
    }
    await writeFile(home.marker, '');
  }
  await chmod(home.path, process.getuid?.() === 0 ? 0o711 : 0o700);
  await mkdir(join(home.path, 'postgres'), { recursive: true });
  await chmod(join(home.path, 'postgres'), process.getuid?.() === 0 ? 0o711 : 0o700);
  for (const folder of [home.logs, join(home.path, 'secrets')]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  }
}
