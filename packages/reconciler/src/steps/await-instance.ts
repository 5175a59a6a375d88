import { blocked, waiting } from '@tenon/service-kit/outcome';

import type { Stop } from '../step.js';
import type { TenantInstance } from '../subject.js';

/** Null when there is a machine to configure. Otherwise the instance is the blocker, with its own reason. */
export function awaitInstance(instance: TenantInstance | null): Stop | null {
  if (instance === null) return blocked('its instance was deleted; save it to get a new one');
  if (instance.ready) return null;
  return waiting(`waiting for the instance ${instance.label}: ${instance.reason}`, { on: instance.key });
}
