import type { CallContext } from '@tenon/jinja/call-context';
import type { Lookup } from '@tenon/jinja/environment';
import { LookupError, UndefinedError } from '@tenon/jinja/errors';
import { truth } from '@tenon/jinja/python/compare';
import { isStr } from '@tenon/jinja/text';
import { Tuple, type Value } from '@tenon/jinja/values';
import { trustedTerm } from './refuse.js';
import type { SearchPath } from './search-path.js';

interface Search {
  readonly names: readonly string[];
  readonly skip: boolean;
}

type Options = ReadonlyMap<Value, Value>;

function split(value: Value | undefined, separators: RegExp): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => split(item, separators));
  return trustedTerm('first_found', value).split(separators);
}

function searchOf(term: Value, options: Options): Search {
  const files = split(options.get('files'), /[,;]/);
  const paths = split(options.get('paths'), /[,:;]/);
  const skip = truth(options.get('skip') ?? false);
  if (paths.length > 0)
    return { names: paths.flatMap((path) => files.map((file) => `${path}/${file}`)), skip };
  if (files.length > 0) return { names: files, skip };
  return { names: isStr(term) ? [trustedTerm('first_found', term)] : [], skip };
}

/** What to look for, in order; the last term that is not a list decides about `skip`. */
function searchesOf(terms: readonly Value[], options: Options): Search {
  const searches = terms.map((term) => {
    if (term instanceof Map) return searchOf(term, term);
    if (isStr(term)) return searchOf(term, options);
    if (Array.isArray(term)) return searchesOf(term, options);
    if (term instanceof Tuple) return searchesOf(term.items, options);
    throw new LookupError('Invalid term supplied, can handle string, mapping or list of strings');
  });
  return {
    names: searches.flatMap((search) => search.names),
    skip: searches.at(-1)?.skip ?? truth(options.get('skip') ?? false),
  };
}

function templated(name: string, context: CallContext): string | undefined {
  try {
    return trustedTerm('first_found', context.templateValue(name));
  } catch (error) {
    if (error instanceof UndefinedError) return undefined;
    throw error;
  }
}

/** Ansible's `first_found`: the path of the first of several files that exists. */
export function firstFound(path: SearchPath): Lookup {
  return ({ positional, named }, context) => {
    const { names, skip } = searchesOf(positional, named);
    for (const written of names) {
      const name = templated(written, context);
      const found = name === undefined ? undefined : path.find(name, 'files');
      if (found !== undefined) return [found];
    }
    if (skip) return [];
    throw new LookupError(
      'No file was found when using first_found.',
      names.length === 0
        ? 'name some in files'
        : `looked for ${names.join(', ')}; add one of them, or write \`skip: true\``,
    );
  };
}
