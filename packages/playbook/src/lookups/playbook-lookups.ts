import type { Lookup } from '@tenon/jinja/environment';
import { fileLookups } from './files.js';
import { firstFound } from './first-found.js';
import type { LookupOptions } from './lookup-options.js';
import { machineLookups } from './machine.js';
import { rearrangingLookups } from './rearranging.js';
import { SearchPath } from './search-path.js';
import { sequence } from './sequence.js';
import { subelements } from './subelements.js';
import { variableLookups } from './variables.js';
import { characters } from '@tenon/jinja/python/convert';
import { ofTerms } from './of-terms.js';

export type { LookupOptions } from './lookup-options.js';

/** The lookups of ansible.builtin 2.14, by name, for `lookup`, `query` and `with_<name>`. Each throws LookupError when it finds nothing it must find. */
export function playbookLookups(options: LookupOptions): Readonly<Record<string, Lookup>> {
  const path = new SearchPath(options);
  return {
    ...rearrangingLookups,
    ...variableLookups,
    ...fileLookups(path),
    ...machineLookups(path, options.confined),
    first_found: firstFound(path),
    inventory_hostnames: ofTerms(({ positional }) => [
      ...options.hostNames(positional.map(characters).join(',')),
    ]),
    sequence,
    subelements,
  };
}
