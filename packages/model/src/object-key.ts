import { Instance } from './entities/instance.js';
import { Service } from './entities/service.js';
import { Slice } from './entities/slice.js';
import { Tenant } from './entities/tenant.js';

const TYPES = [
  ['service', Service],
  ['slice', Slice],
  ['instance', Instance],
  ['tenant', Tenant],
] as const;

/**
 * The key of a synchronized row in queues, leases and blockers, e.g. `tenant-7`, whichever package its class belongs to.
 * Null for a row that is not synchronized.
 */
export function objectKey(row: { id: number }): string | null {
  const type = TYPES.find(([, entity]) => row instanceof entity)?.[0];
  return type === undefined ? null : `${type}-${row.id}`;
}
