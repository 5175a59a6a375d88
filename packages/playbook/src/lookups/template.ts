import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Environment, type EnvironmentOptions, type Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { truth } from '@tenon/jinja/python/compare';
import { characters } from '@tenon/jinja/python/convert';
import { finish } from '@tenon/jinja/templar';
import { nativeText } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { LayeredScope } from '../vars/layered-scope.js';
import type { Options } from './inline-options.js';
import { readText } from './read-file.js';
import { trustedTerm } from './refuse.js';
import type { SearchPath } from './search-path.js';

const DELIMITERS: Readonly<Record<string, keyof EnvironmentOptions>> = {
  variable_start_string: 'variableStart',
  variable_end_string: 'variableEnd',
  comment_start_string: 'commentStart',
  comment_end_string: 'commentEnd',
};

function delimiters(options: Options): EnvironmentOptions {
  return Object.fromEntries(
    Object.entries(DELIMITERS).flatMap(([name, own]) => {
      const given = options.get(name);
      return given === undefined ? [] : [[own, characters(given)]];
    }),
  );
}

function fileOf(term: Value, path: SearchPath): string {
  const name = trustedTerm('template', term);
  const found = path.find(name, 'templates');
  if (found !== undefined) return found;
  const places = path.candidates(name, 'templates').join(' and ');
  throw new LookupError(
    `the template file ${name} could not be found for the lookup`,
    `looked for ${places}`,
  );
}

/** What a template is told about its file, and what the call adds. */
function ownVariables(name: string, file: string, options: Options): Map<string, Value> {
  const more = options.get('template_vars');
  const given = more instanceof Map ? [...more].map(([key, value]) => [characters(key), value] as const) : [];
  return new Map<string, Value>([
    ['template_path', name],
    ['template_fullpath', file],
    ['template_mtime', statSync(file).mtime.toISOString().slice(0, 19).replace('T', ' ')],
    ['ansible_managed', 'Ansible managed'],
    ...given,
  ]);
}

/** Includes are looked for beside the template first. */
const loaderOf =
  (file: string, path: SearchPath) =>
  (name: string): string | null => {
    const found = path.find(`${dirname(file)}/${name}`, 'templates') ?? path.find(name, 'templates');
    return found === undefined ? null : readText(found);
  };

/** Ansible's `template`: a file of the playbook, rendered. `environment`: what the run's templates know. */
export function template(path: SearchPath, environment: () => EnvironmentOptions): Lookup {
  return ({ positional, named }, context) =>
    positional.map((term) => {
      const file = fileOf(term, path);
      const jinja = new Environment({
        ...environment(),
        ...delimiters(named),
        loader: loaderOf(file, path),
      });
      const own = ownVariables(characters(term), file, named);
      const scope = new LayeredScope([
        own,
        { get: (name) => context.scope.get(name), keys: () => context.scope.names?.() ?? [] },
      ]);
      const text = jinja.renderText(readText(file), scope, { file });
      return truth(named.get('convert_data') ?? true) ? finish(text) : nativeText(text);
    });
}
