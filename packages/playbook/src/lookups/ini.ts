import type { Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { truth } from '@tenon/jinja/python/compare';
import { characters } from '@tenon/jinja/python/convert';
import { pythonRegex } from '@tenon/jinja/python/regex';
import type { Value } from '@tenon/jinja/values';
import { fileOf } from './files.js';
import { IniFile } from './ini-file.js';
import { readTerm, type Options } from './inline-options.js';
import { readText } from './read-file.js';
import { trustedTerm } from './refuse.js';
import type { SearchPath } from './search-path.js';

const OPTIONS = ['type', 'file', 'section', 're', 'encoding', 'default', 'case_sensitive', 'allow_no_value'];
const PROPERTIES = 'java_properties';

function isOn(options: Options, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const value = options.get(name) ?? false;
    return typeof value === 'boolean'
      ? value
      : truth(value) && /^(?:yes|on|true|1)$/i.test(characters(value));
  });
}

function find(term: string, given: Options, path: SearchPath): Value[] {
  const { key, options } = readTerm('ini', term, given, OPTIONS);
  const file = fileOf('ini', options.get('file') ?? 'ansible.ini', path);
  const isProperties = options.get('type') === 'properties';
  const name = isProperties ? PROPERTIES : characters(options.get('section') ?? 'global');
  const text = isProperties ? `[${PROPERTIES}]\n${readText(file)}` : readText(file);
  const ini = new IniFile(text, {
    file,
    caseSensitive: isOn(options, 'case_sensitive'),
    allowNone: isOn(options, 'allow_no_value', 'allow_none'),
  });
  const section = ini.read(name);
  if (section === undefined)
    throw new LookupError(`No section '${name}' in ${file}`, 'name one that is there');
  if (isOn(options, 're')) {
    const pattern = new RegExp(`^(?:${pythonRegex(key).source})`, 'u');
    return [...section].filter(([option]) => pattern.test(option)).map(([, value]) => value);
  }
  const value = ini.value(section, key);
  const found = value === undefined ? (options.get('default') ?? '') : value;
  return found === null ? [] : [found];
}

/** Ansible's `ini`: values of INI and Java properties files. */
export function ini(path: SearchPath): Lookup {
  return ({ positional, named }) => positional.flatMap((term) => find(trustedTerm('ini', term), named, path));
}
