import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const YAML = /\.ya?ml$/;
const SKIPPED = new Set(['node_modules', '.git', 'molecule', '.cache']);

/** The YAML files of paths: files as they are named, folders with all that is below them, sorted. Throws for a path that does not exist. */
export function findYamlFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).sort();
    return names
      .filter((name) => !SKIPPED.has(name) && !name.startsWith('.'))
      .map((name) => join(path, name))
      .flatMap((each) => (statSync(each).isDirectory() || YAML.test(each) ? findYamlFiles([each]) : []));
  });
}
