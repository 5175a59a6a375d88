import { spawnSync } from 'node:child_process';
import type { Lookup } from '@tenon/jinja/environment';
import { LookupError, UndefinedError } from '@tenon/jinja/errors';
import { Undefined, type Value } from '@tenon/jinja/values';
import { refuseConfined, trustedTerm } from './refuse.js';
import type { SearchPath } from './search-path.js';

/** A command may print this much. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

function outputOf(lookup: string, term: Value, cwd: string): string {
  const command = trustedTerm(lookup, term);
  const { status, stdout, signal, error } = spawnSync('/bin/sh', ['-c', command], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: MAX_OUTPUT_BYTES,
    encoding: 'utf8',
  });
  if (error !== undefined) throw new LookupError(`lookup_plugin.${lookup}(${command}): ${error.message}`);
  if (status === 0) return stdout;
  throw new LookupError(
    `lookup_plugin.${lookup}(${command}) returned ${status ?? signal ?? 'nothing'}`,
    'make the command succeed, or write errors="ignore"',
  );
}

function environmentVariable(term: Value, fallback: Value): Value {
  const [name = ''] = trustedTerm('env', term).trim().split(/\s+/);
  // The environment of the engine is what this lookup is for; nothing else of the package reads it.
  // eslint-disable-next-line no-restricted-properties
  const value = process.env[name] ?? fallback;
  if (!(value instanceof Undefined)) return value;
  throw new UndefinedError(`The "env" lookup, found an undefined variable: ${name}`);
}

/** The lookups that ask the machine of the engine. A confined run has none of them. */
export function machineLookups(path: SearchPath, confined: boolean): Record<string, Lookup> {
  const command =
    (name: string, read: (output: string) => Value[]): Lookup =>
    ({ positional }) => {
      refuseConfined(name, confined, 'run a command');
      return positional.flatMap((term) => read(outputOf(name, term, path.base)));
    };
  return {
    env: ({ positional, named }) => {
      refuseConfined('env', confined, 'read the environment');
      return positional.map((term) => environmentVariable(term, named.get('default') ?? ''));
    },
    lines: command('lines', (output) => (output === '' ? [] : output.replace(/\r?\n$/, '').split(/\r?\n/))),
    pipe: command('pipe', (output) => [output.trimEnd()]),
  };
}
