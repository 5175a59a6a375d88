import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { ArchiveFile } from '../archive.js';
import { readHostSettings, type HostSettings, type ProxySettings } from './host-settings.js';

/** Packages that make a Debian into a machine, and the last two for the network's guard; `instance-image/install` names the same. */
export const PACKAGES = ['openssh-server', 'sudo', 'ca-certificates', 'iproute2', 'nftables'];

/** Everything that the instance image is made from. */
export interface Recipe {
  /** Hash of all of it: the same recipe is never built twice. */
  hash: string;
  files: ArchiveFile[];
  host: HostSettings;
}

const folder = fileURLToPath(new URL('../../../instance-image', import.meta.url));

/** Reads the recipe: our own files and what the host's settings add. */
export async function readRecipe(proxy: ProxySettings): Promise<Recipe> {
  const host = await readHostSettings(proxy);
  const own = await Promise.all(
    (await readdir(folder))
      .sort()
      .map(async (name) => ({ path: name, content: await readFile(join(folder, name)), mode: 0o755 })),
  );
  const taken = host.files.map(({ name, content }) => ({
    path: `host/${name}`,
    content: Buffer.from(content),
    mode: 0o644,
  }));
  const files = [...own, ...taken];
  const hash = createHash('sha256');
  for (const { path, content } of files) hash.update(`${path}\0${content.length}\0`).update(content);
  return { hash: hash.digest('hex').slice(0, 16), files, host };
}
