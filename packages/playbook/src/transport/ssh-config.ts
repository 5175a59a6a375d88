import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { wordsOf } from './words.js';
import { plainValue, readOption, SshOptions } from './ssh-options.js';

const MOST_INCLUDES = 16;

/** `*` and `?`, as in ssh_config and known_hosts. */
export function matchesPattern(text: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return text.toLowerCase() === pattern.toLowerCase();
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(text);
}

/** Whether one pattern matches and none that begins with `!` does. */
export function matchesPatterns(text: string, patterns: readonly string[]): boolean {
  const refused = patterns.filter((each) => each.startsWith('!'));
  if (refused.some((each) => matchesPattern(text, each.slice(1)))) return false;
  return patterns.some((each) => !each.startsWith('!') && matchesPattern(text, each));
}

async function included(pattern: string, folder: string): Promise<string[]> {
  const path = resolve(folder, pattern);
  if (!/[*?]/.test(basename(path))) return [path];
  const names = await readdir(dirname(path)).catch(() => []);
  return names
    .filter((name) => matchesPattern(name, basename(path)))
    .sort()
    .map((name) => resolve(dirname(path), name));
}

async function readText(path: string, mustExist: boolean): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!mustExist) return '';
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the ssh configuration cannot be read: ${why}`, { cause: error });
  }
}

interface ConfigFile {
  readonly path: string;
  /** Where `~` and relative Includes begin. */
  readonly homeFolder: string;
  readonly mustExist: boolean;
}

/**
 * What a file in the format of ssh_config(5) says of a host: Host blocks and Include. Of Match blocks only `Match all` is
 * understood, others are passed over.
 */
export async function readSshConfig(file: ConfigFile, host: string, depth = 0): Promise<SshOptions> {
  const options = new SshOptions();
  const text = await readText(file.path, file.mustExist);
  let applies = true;
  for (const line of text.split('\n')) {
    const option = /^\s*#/.test(line) ? undefined : readOption(line);
    if (option === undefined) continue;
    const name = option.name.toLowerCase();
    const words = wordsOf(option.value);
    if (name === 'host') applies = matchesPatterns(host, words);
    else if (name === 'match') applies = words.join(' ').toLowerCase() === 'all';
    else if (applies && name === 'include' && depth < MOST_INCLUDES)
      for (const pattern of words) options.addAll(await readIncluded(pattern, file, host, depth));
    else if (applies) options.add(name, plainValue(option));
  }
  return options;
}

async function readIncluded(
  pattern: string,
  { homeFolder }: ConfigFile,
  host: string,
  depth: number,
): Promise<SshOptions> {
  const options = new SshOptions();
  const paths = await included(pattern.replace(/^~(?=\/)/, homeFolder), `${homeFolder}/.ssh`);
  for (const path of paths)
    options.addAll(await readSshConfig({ path, homeFolder, mustExist: false }, host, depth + 1));
  return options;
}
