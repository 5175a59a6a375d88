import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A person's home folder with what ssh looks for in it. */
export interface SshHomeFolder {
  readonly homeFolder: string;
  path(name: string): string;
  /** Writes files in ~/.ssh, readable by their owner. */
  put(files: Readonly<Record<string, string>>): Promise<void>;
  read(name: string): Promise<string>;
  remove(): Promise<void>;
}

export async function makeSshHome(files: Readonly<Record<string, string>>): Promise<SshHomeFolder> {
  const homeFolder = await mkdtemp(join(tmpdir(), 'tenon-home-'));
  const path = (name: string) => join(homeFolder, '.ssh', name);
  const put = async (more: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(more)) {
      await mkdir(dirname(path(name)), { recursive: true, mode: 0o700 });
      await writeFile(path(name), text, { mode: 0o600 });
    }
  };
  await put(files);
  return {
    homeFolder,
    path,
    put,
    read: (name) => readFile(path(name), 'utf8'),
    remove: () => rm(homeFolder, { recursive: true, force: true }),
  };
}
