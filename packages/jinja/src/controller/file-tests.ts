import { existsSync, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { OperandError } from '../errors.js';
import { assertDefined } from '../python/compare.js';
import { typeName } from '../python/type-name.js';
import { define, required, type Operation } from '../signature.js';
import { isStr, plain } from '../text.js';
import type { Value } from '../values.js';

function pathOf(value: Value): string {
  assertDefined(value);
  if (isStr(value)) return plain(value);
  throw new OperandError(
    `path should be string, bytes, os.PathLike or integer, not ${typeName(value)}`,
    'give a path',
  );
}

const found = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });
const foundItself = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/** A path that cannot be looked at (a file in place of a folder, a NUL) is not there. */
function quietly(test: (path: string) => boolean): (path: string) => boolean {
  return (path) => {
    try {
      return test(path);
    } catch {
      return false;
    }
  };
}

const isMount = (path: string): boolean => {
  const [own, above] = [foundItself(path), foundItself(dirname(realpathSync(path)))];
  if (own === undefined || above === undefined || own.isSymbolicLink()) return false;
  return own.dev !== above.dev || own.ino === above.ino;
};

function isSame(one: string, other: string): boolean {
  const [mine, theirs] = [found(one), found(other)];
  if (mine === undefined || theirs === undefined)
    throw new OperandError(`No such file or directory: '${mine === undefined ? one : other}'`);
  return mine.dev === theirs.dev && mine.ino === theirs.ino;
}

const about = (test: (path: string) => boolean): Operation =>
  define([], (input) => quietly(test)(pathOf(input)));

const directory = about((path) => found(path)?.isDirectory() === true);
const file = about((path) => found(path)?.isFile() === true);
const link = about((path) => foundItself(path)?.isSymbolicLink() === true);
const mount = about(isMount);
const sameFile = define(['other'], (input, [other]) =>
  isSame(pathOf(input), pathOf(required(other, 'other'))),
);

/** Tests about files of the machine that runs the engine. */
export const fileTests: Readonly<Record<string, Operation>> = {
  directory,
  exists: about(existsSync),
  file,
  is_dir: directory,
  is_file: file,
  is_link: link,
  is_mount: mount,
  is_same_file: sameFile,
  link,
  link_exists: about((path) => foundItself(path) !== undefined),
  mount,
  same_file: sameFile,
};
