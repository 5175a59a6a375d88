import { failed } from '@tenon/service-kit/outcome';
import { describe, expect, it } from 'vitest';

import { factsAfter } from './finish.js';
import { createWorld, KEYS } from './testing/world.js';

async function tenantWith(attempts: number) {
  const { store } = createWorld();
  store.row(KEYS.tenant).attempts = attempts;
  const tenant = await store.load(KEYS.tenant);
  return tenant ?? expect.fail();
}

describe('the back-off', () => {
  it.each([
    [0, 0.5, 2000],
    [1, 0.5, 4000],
    [5, 0.5, 64_000],
    [9, 0.5, 900_000],
    [30, 0.5, 900_000],
    [1000, 0.5, 900_000],
    [0, 0, 1600],
    [0, 1, 2400],
  ])('after %i failures and with jitter %f is %i ms', async (attempts, random, expected) => {
    const { facts } = factsAfter(await tenantWith(attempts), failed('boom'), random);

    expect(facts.nextAttemptInMs).toBe(expected);
  });

  it('is at least what the step asked for', async () => {
    const { facts } = factsAfter(await tenantWith(0), failed('boom', { retryAfterMs: 10_000 }), 0.5);

    expect(facts.nextAttemptInMs).toBe(10_000);
  });
});
