import { reference, text } from '@tenon/fields/field';
import { describe, expect, it } from 'vitest';

import { changes } from './ConflictNotice.js';

const fields = {
  tenantMessage: text({ label: 'Tenant message', maxLength: 254 }),
  provider: reference({ label: 'Provider service', to: 'Service' }),
};
const before = { id: 1, label: 'one', generation: 1, tenantMessage: 'old', provider: { id: 1, label: 'A' } };

describe('what somebody else changed', () => {
  it('is named field by field, in the words of the form', () => {
    const after = { ...before, generation: 2, tenantMessage: 'new', provider: { id: 2, label: 'B' } };

    expect(changes({ fields }, before, after)).toBe(
      'Tenant message is now "new"; Provider service is now "B".',
    );
  });

  it('says empty where nothing is left', () => {
    expect(changes({ fields }, before, { ...before, provider: null })).toBe('Provider service is now empty.');
  });

  it('admits that no field of the form shows it', () => {
    expect(changes({ fields }, before, { ...before, generation: 2 })).toBe(
      'one of its relations was changed.',
    );
  });
});
