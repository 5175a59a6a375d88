import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';

const run = promisify(execFile);

/** The superuser of a cluster that we made. */
export const clusterUser = 'tenon';

export interface ClusterOptions {
  initdb: string;
  dataDir: string;
  password: string;
  account: Account;
}

async function give(path: string, account: Account): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}

/** Makes the data folder when there is none. Returns whether it was made now. */
export async function makeCluster({ initdb, dataDir, password, account }: ClusterOptions): Promise<boolean> {
  if (await stat(join(dataDir, 'PG_VERSION')).catch(() => undefined)) return false;
  if ((await readdir(dataDir).catch(() => [])).length > 0) {
    throw new Error(
      `cannot make a database in ${dataDir}: the folder holds something else; empty it or set TENON_HOME`,
    );
  }
  await mkdir(dirname(dataDir), { recursive: true });
  // initdb works in a folder of its own and the result is renamed: an interrupted initdb never passes for a database.
  const unfinished = `${dataDir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await give(unfinished, account);
  const secrets = await mkdtemp(join(tmpdir(), 'tenon-initdb-'));
  try {
    const passwordFile = join(secrets, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await give(passwordFile, account);
    await give(secrets, account);
    await run(
      initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${clusterUser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--data-checksums',
        '--no-sync',
      ],
      { ...account, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } },
    );
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
  await rename(unfinished, dataDir);
  return true;
}
