import type { Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { characters } from '@tenon/jinja/python/convert';
import type { Value } from '@tenon/jinja/values';
import { fileOf } from './files.js';
import { readTerm } from './inline-options.js';
import { readText } from './read-file.js';
import { trustedTerm } from './refuse.js';
import type { SearchPath } from './search-path.js';

const OPTIONS = ['file', 'col', 'delimiter', 'encoding', 'default'];

/** The rows of a CSV text (RFC 4180, as Python's `csv` reads it): quotes double inside quotes. */
function rowsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  const end = `${delimiter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}|\\r\\n|\\r|\\n|$`;
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"?|)([^\\r\\n]*?)(${end})`, 'y');
  let row: string[] = [];
  while (pattern.lastIndex < text.length) {
    const [, quoted = '', bare = '', end = ''] = pattern.exec(text) ?? [];
    row.push(quoted.replaceAll('""', '"') + bare);
    if (end === delimiter) {
      if (pattern.lastIndex === text.length) row.push('');
      else continue;
    }
    rows.push(row);
    row = [];
  }
  return rows;
}

function column(row: readonly string[], col: string): string {
  const found = row.at(Number(col));
  if (found !== undefined && /^-?\d+$/.test(col)) return found;
  throw new LookupError(`csvfile: the row '${row[0] ?? ''}' has no column ${col}`, 'columns count from 0');
}

function find(term: string, given: ReadonlyMap<string, Value>, path: SearchPath): Value {
  const { key, options } = readTerm('csvfile', term, given, OPTIONS);
  if (key === '') throw new LookupError('Search key is required but was not found', 'write it first');
  const option = (name: string, fallback: string): string => characters(options.get(name) ?? fallback);
  const file = fileOf('csvfile', options.get('file') ?? 'ansible.csv', path);
  const delimiter = option('delimiter', 'TAB');
  const rows = rowsOf(readText(file), delimiter === 'TAB' ? '\t' : delimiter);
  const row = rows.find(([first]) => first === key);
  return row === undefined ? (options.get('default') ?? null) : column(row, option('col', '1'));
}

/** Ansible's `csvfile`: the column of the row whose first field is the term. */
export function csvfile(path: SearchPath): Lookup {
  return ({ positional, named }) =>
    positional
      .map((term) => find(trustedTerm('csvfile', term), named, path))
      .flatMap((found) => (found === null ? [] : Array.isArray(found) ? found : [found]));
}
