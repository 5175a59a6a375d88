import { readFileSync, realpathSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { ModuleError, type PlaybookFolder } from '../modules/module.js';

async function exists(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

/**
 * Files beside a playbook. `confined`: nothing outside the playbook's folder is read, links included, because
 * the people who choose a playbook are not the owners of the machine that runs it.
 */
export function playbookFolder(playbookPath: string, confined: boolean): PlaybookFolder {
  const root = resolve(dirname(playbookPath));
  const check = async (path: string): Promise<string> => {
    const [real, top] = [await exists(path), await exists(root)];
    if (real === undefined) throw new ModuleError(`cannot read ${path}: there is no such file`);
    if (confined && real !== top && !real.startsWith(`${top ?? root}${sep}`)) {
      throw new ModuleError(`refused: ${path} is outside of the playbook's folder; put the file into it`);
    }
    return real;
  };
  return {
    async find(name, folder) {
      refuseTainted(name);
      const text = plain(name);
      const candidates = [join(root, folder, text), join(root, text)];
      if (text.startsWith('/')) return check(text);
      for (const candidate of candidates) {
        if ((await exists(candidate)) !== undefined) return check(candidate);
      }
      throw new ModuleError(`cannot find ${text}; looked for ${candidates.join(' and ')}`);
    },
    readTemplate(name) {
      for (const candidate of [join(root, 'templates', name), join(root, name)]) {
        try {
          const real = realpathSync(candidate);
          if (confined && !real.startsWith(`${realpathSync(root)}${sep}`)) break;
          return readFileSync(real, 'utf8');
        } catch {
          // Not there: the next candidate.
        }
      }
      throw new ModuleError(`cannot find the template ${name} in the playbook's folder`);
    },
    async read(path) {
      return readFile(await check(path));
    },
  };
}

function refuseTainted(name: Str): void {
  if (hasTaint(name)) {
    throw new ModuleError(
      'refused: tenant data would choose a file of the synchronizer; name the file in the playbook',
    );
  }
}
