import type { Operation } from '@tenon/jinja/signature';
import { yamlReadingFilters } from './from-yaml.js';
import { vaultFilters } from './vault.js';

/** The filters of ansible.builtin that read playbooks' own formats, YAML and vaults; all others are in packages/jinja. */
export const ansibleFilters: Readonly<Record<string, Operation>> = { ...yamlReadingFilters, ...vaultFilters };
