import { waiting } from '@tenon/service-kit/outcome';

import type { Look, Step } from '../step.js';
import type { ServiceSubject, TenantSubject } from '../subject.js';

/** A tenant goes after its instance, a service after its tenants; then only the row is left to delete. */
export const finishDeletion: Step<TenantSubject | ServiceSubject> = {
  look: (subject) => Promise.resolve(whatIsLeft(subject)),
  act: () => Promise.resolve({ kind: 'gone' }),
};

function whatIsLeft(subject: TenantSubject | ServiceSubject): Look {
  if (subject.type === 'tenant' && subject.instance !== null) {
    return waiting('its instance is being deleted', { on: subject.instance.key });
  }
  if (subject.type === 'service' && subject.tenantsLeft > 0) {
    return waiting(`${subject.tenantsLeft} of its tenants are still there`, { retryAfterMs: 5000 });
  }
  return { kind: 'due', inputs: '-' };
}
