import { globSync, realpathSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { OperandError } from '../errors.js';
import { typeName } from '../python/type-name.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, hasTaint, isStr, plain, type Str } from '../text.js';
import { tainted } from '../text.js';
import type { Value } from '../values.js';

function pathOf(value: Value): Str {
  if (isStr(value)) return value;
  throw new OperandError(`expected str, bytes or os.PathLike object, not ${typeName(value)}`, 'give a path');
}

const changed = (change: (path: string) => string): Operation =>
  define([], (input) => {
    const path = pathOf(input);
    return carryTaint(change(plain(path)), path);
  });

/** Links are followed as far as there are files. */
function real(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    return whole === '/' ? whole : join(real(dirname(whole)), whole.slice(dirname(whole).length));
  }
}

function expandUser(path: string): string {
  const [, name, rest] = /^~([^/]*)(.*)$/s.exec(path) ?? [];
  if (name === undefined || rest === undefined) return path;
  if (name === '') return `${homedir().replace(/\/$/, '')}${rest}`;
  return name === userInfo().username ? userInfo().homedir + rest : path;
}

// What the person who runs the engine has in the environment is what the filter is for.
// eslint-disable-next-line no-restricted-properties
const environmentVariable = (name: string): string | undefined => process.env[name];

const expandVariables = (path: string): string =>
  path.replace(
    /\$(?:(\w+)|\{([^}]*)\})/g,
    (whole, bare?: string, braced?: string) => environmentVariable(bare ?? braced ?? '') ?? whole,
  );

function glob(pattern: Str): Value[] {
  const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const paths = globSync(plain(pattern)).filter(isFile).sort();
  return hasTaint(pattern) ? paths.map(tainted) : paths;
}

/** Python's `realpath` with the links of this machine followed. */
export const realPath: Operation = changed(real);

/** Filters that look at the machine that runs the engine. */
export const fileFilters: Readonly<Record<string, Operation>> = {
  expanduser: changed(expandUser),
  expandvars: changed(expandVariables),
  fileglob: define([], (input) => glob(pathOf(input))),
};
