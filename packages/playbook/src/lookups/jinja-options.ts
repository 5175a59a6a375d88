import type { EnvironmentOptions } from '@tenon/jinja/environment';
import { ansibleFilters } from '../filters/ansible-filters.js';
import type { LookupOptions } from './lookup-options.js';
import { playbookLookups } from './playbook-lookups.js';

/** What the templates of a run know beside Jinja2 and Ansible's filters: lookups, YAML, and the engine's files unless it is confined. */
export function jinjaOptions(options: LookupOptions): EnvironmentOptions {
  return {
    controller: !options.confined,
    filters: ansibleFilters,
    lookups: playbookLookups(options),
  };
}
