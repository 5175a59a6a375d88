import { globSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { truth } from '@tenon/jinja/python/compare';
import type { Value } from '@tenon/jinja/values';
import { readText } from './read-file.js';
import { trustedTerm } from './refuse.js';
import type { SearchPath } from './search-path.js';

/** The file that a term names. Throws LookupError when there is none. */
export function fileOf(lookup: string, term: Value, path: SearchPath): string {
  const name = trustedTerm(lookup, term);
  const found = path.find(name, 'files');
  if (found !== undefined) return found;
  const places = path.candidates(name, 'files').join(' and ');
  throw new LookupError(`could not locate file in lookup: ${name}`, `looked for ${places}`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Globs match as Python's do: `*` and `?` never a leading dot, and what matches in no folder gives nothing. */
function matches(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .map((name) => join(folder, name))
    .filter((path) => (pattern.startsWith('.') || !basename(path).startsWith('.')) && isFile(path))
    .sort();
}

function globbed(pattern: string, path: SearchPath): string[] {
  const name = basename(pattern);
  if (name !== pattern) {
    const folder = path.find(dirname(pattern), 'files');
    return folder === undefined ? [] : matches(folder, name);
  }
  const folders = path.candidates('.', 'files');
  const found = folders.map((folder) => matches(folder, name)).find((each) => each.length > 0) ?? [];
  found.forEach((each) => {
    path.assertInside(each);
  });
  return found;
}

/** The lookups that read files of the playbook as they are. */
export function fileLookups(path: SearchPath): Record<string, Lookup> {
  return {
    file: ({ positional, named }) => {
      const [left, right] = [truth(named.get('lstrip') ?? false), truth(named.get('rstrip') ?? true)];
      return positional.map((term) => {
        const text = readText(fileOf('file', term, path));
        const started = left ? text.trimStart() : text;
        return right ? started.trimEnd() : started;
      });
    },
    fileglob: ({ positional }) => positional.flatMap((term) => globbed(trustedTerm('fileglob', term), path)),
  };
}
