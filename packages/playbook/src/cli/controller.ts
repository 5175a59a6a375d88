import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Controller } from '../modules/module.js';
import type { Invocation } from './invocation.js';

/** This machine, for the modules that read and write here: whoever runs the program may do so anyway. */
export function openController({ cwd, ask }: Invocation): Controller {
  return {
    read: (path) => readFile(resolve(cwd, path)),
    async write(path, content) {
      await mkdir(dirname(resolve(cwd, path)), { recursive: true });
      await writeFile(resolve(cwd, path), content);
    },
    ...(ask !== undefined && { ask }),
  };
}
