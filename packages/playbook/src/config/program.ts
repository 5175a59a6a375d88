import { accessSync, constants, readFileSync } from 'node:fs';

/** Whether this user may execute a file. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a file begins as scripts and programs do. Executing any other text hands it to the shell, line by line:
 * an inventory or a password that somebody made executable by mistake must not end there.
 */
export function isProgram(path: string): boolean {
  return /^(?:#!|\x7fELF)/.test(readFileSync(path, 'latin1'));
}
