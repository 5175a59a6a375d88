import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment, root } from '../config.ts';
import { runCommand } from '../system/command.ts';

/** Writes the api's schema anew and compares it with what was there. Returns what is wrong, '' when they are the same. */
export async function isSchemaCurrent(): Promise<string> {
  const file = join(root, 'apps', 'api', 'schema.graphql');
  const before = await readFile(file, 'utf8').catch(() => '');
  const script = join(root, 'apps', 'api', 'dist', 'print-schema.js');
  const printed = await runCommand(process.execPath, [script], { cwd: root, env: inheritedEnvironment() });
  if (printed.code !== 0) return `cannot print the schema: ${printed.output}`;
  return (await readFile(file, 'utf8')) === before
    ? ''
    : 'apps/api/schema.graphql was out of date; it is written anew: commit it';
}
