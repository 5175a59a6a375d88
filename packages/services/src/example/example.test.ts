import 'reflect-metadata';

import { newRow } from '@tenon/model/new-row';
import { describe, expect, it } from 'vitest';

import { loadServices } from '../load.js';
import { KIND } from './fields.js';
import { ExampleTenant } from './model.js';
import { sync } from './sync.js';

describe('the Example Service', () => {
  it('is loaded by its name in the list', async () => {
    const [example] = await loadServices();

    expect(example).toMatchObject({ name: 'example', kind: KIND, verboseName: 'Example Service' });
    expect(example?.service.name).toBe('ExampleService');
    expect(example?.tenant.name).toBe('ExampleTenant');
  });

  it('gives its tenants the kind that labels them', () => {
    const tenant = newRow(ExampleTenant, { tenantMessage: 'x' });
    tenant.id = 1;

    expect(tenant.label).toBe('exampleservice-tenant-1');
  });

  it('hands the message to the playbook as it is', () => {
    const tenantMessage = ' "; $(id) {{ 7*7 }}\n';

    expect(sync.variables(newRow(ExampleTenant, { tenantMessage }))).toEqual({
      tenant_message: tenantMessage,
    });
  });
});
