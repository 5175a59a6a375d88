import type { Lookup } from '@tenon/jinja/environment';
import { ansibleFilters } from '../filters/ansible-filters.js';
import { csvfile } from './csvfile.js';
import { fileLookups } from './files.js';
import { firstFound } from './first-found.js';
import { ini } from './ini.js';
import { limitedLookups } from './limited.js';
import type { LookupOptions } from './lookup-options.js';
import { machineLookups } from './machine.js';
import { password } from './password.js';
import { rearrangingLookups } from './rearranging.js';
import { SearchPath } from './search-path.js';
import { sequence } from './sequence.js';
import { subelements } from './subelements.js';
import { template } from './template.js';
import { unvault } from './unvault.js';
import { variableLookups } from './variables.js';
import { characters } from '@tenon/jinja/python/convert';
import { ofTerms } from './of-terms.js';

export type { LookupOptions } from './lookup-options.js';

/** The lookups of ansible.builtin 2.14, by name, for `lookup`, `query` and `with_<name>`. Each throws LookupError when it finds nothing it must find. */
export function playbookLookups(options: LookupOptions): Readonly<Record<string, Lookup>> {
  const path = new SearchPath(options);
  const lookups: Record<string, Lookup> = {
    ...rearrangingLookups,
    ...variableLookups,
    ...fileLookups(path),
    ...machineLookups(path, options.confined),
    ...limitedLookups,
    csvfile: csvfile(path),
    ini: ini(path),
    password: password(path, options.confined),
    unvault: unvault(path, options.decrypt),
    // The templates that are looked up may look things up themselves.
    template: template(path, () => ({ lookups, filters: ansibleFilters, controller: !options.confined })),
    first_found: firstFound(path),
    inventory_hostnames: ofTerms(({ positional }) => [
      ...options.hostNames(positional.map(characters).join(',')),
    ]),
    sequence,
    subelements,
  };
  return lookups;
}
