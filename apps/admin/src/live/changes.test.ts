import { describe, expect, it } from 'vitest';

import { registry } from '../resources/all.js';
import { resourcesShowing } from './changes.js';

describe('a change', () => {
  it('concerns the pages of its own type', () => {
    expect(resourcesShowing(registry, 'Site')).toContain('core/site');
  });

  it('of an instance concerns the tenants that show it', () => {
    expect(resourcesShowing(registry, 'Instance')).toEqual(
      expect.arrayContaining(['core/instance', 'exampleservice/exampletenant']),
    );
  });

  it('of a kind of tenant concerns the list of tenants of every kind', () => {
    expect(resourcesShowing(registry, 'ExampleTenant')).toEqual(
      expect.arrayContaining(['core/tenant', 'exampleservice/exampletenant']),
    );
  });
});
