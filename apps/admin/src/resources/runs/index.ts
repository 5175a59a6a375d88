import { runFields } from '@tenon/fields/entities/run';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';
import { runColumns } from '@tenon/service-kit/admin/run-columns';

import { core } from '../core.js';
import { RunPage } from './RunPage.js';

/** Runs: what the synchronizer did. */
export const run: ModelScreens = {
  name: 'core/run',
  type: 'Run',
  one: 'run',
  many: 'runs',
  label: 'Run',
  labelPlural: 'Runs',
  group: core,
  fields: runFields,
  synced: false,
  readOnly: true,
  description:
    'A run is one execution of a playbook for one object. There is one as soon as a tenant is configured.',
  columns: runColumns,
  filters: ['outcome', 'service'],
  defaultSort: { field: 'id', order: 'DESC' },
  Page: RunPage,
  tabs: [],
};
