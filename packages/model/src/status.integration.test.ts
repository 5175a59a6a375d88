import { afterAll, beforeAll, expect, it } from 'vitest';

import { syncStateOf } from './status.js';
import type { SyncFacts } from './status.js';
import { SyncState } from './sync-state.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';
import { pages } from './testing/pages/pages.js';
import { STATUS_CASES } from './testing/status-cases.js';
import { World } from './testing/world.js';

let installation: TestInstallation;
let id: number;

const COLUMNS: Record<keyof SyncFacts, string> = {
  generation: 'generation',
  enactedGeneration: 'enacted_generation',
  enactedInputs: 'enacted_inputs',
  enactedOn: 'enacted_on',
  lastError: 'last_error',
  attempts: 'attempts',
  nextAttemptAt: 'next_attempt_at',
  waitingFor: 'waiting_for',
  blockedReason: 'blocked_reason',
  pausedReason: 'paused_reason',
  deletingSince: 'deleting_since',
  leaseUntil: 'lease_until',
};

const stateInDatabase = async (facts: SyncFacts): Promise<string | undefined> => {
  const names = Object.keys(COLUMNS) as (keyof SyncFacts)[];
  const assignments = names.map((name) => `${COLUMNS[name]} = ?`).join(', ');
  const [row] = await installation.sql<{ sync_state: string }>(
    `update slice set ${assignments} where id = ? returning sync_state`,
    [...names.map((name) => facts[name]), id],
  );
  return row?.sync_state;
};

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
  const world = new World(installation);
  const site = await world.site('lab');
  ({ id } = await world.slice('lab_states', { site: site.id }));
});

afterAll(async () => {
  await installation.close();
});

it.each(STATUS_CASES)('the column says $state for $reason', async ({ facts, state }) => {
  expect(await stateInDatabase(facts)).toBe(state);
});

it('the column and the words agree for every combination of facts that are there or not', async () => {
  const optional = ['enactedInputs', 'enactedOn', 'lastError', 'waitingFor', 'blockedReason'] as const;
  const moments = ['pausedReason', 'deletingSince', 'leaseUntil'] as const;
  const seen = new Set<string | undefined>();
  for (let bits = 0; bits < 2 ** (optional.length + moments.length + 1); bits += 1) {
    const has = (index: number): boolean => (bits & (1 << index)) !== 0;
    const [first] = STATUS_CASES;
    if (first === undefined) throw new Error('no cases');
    const facts: SyncFacts = {
      ...first.facts,
      enactedGeneration: has(0) ? 1 : 0,
      ...Object.fromEntries(optional.map((name, index) => [name, has(index + 1) ? 'x' : null])),
      pausedReason: has(6) ? 'x' : null,
      deletingSince: has(7) ? new Date() : null,
      leaseUntil: has(8) ? new Date() : null,
    };

    const state = await stateInDatabase(facts);

    expect(state).toBe(syncStateOf(facts));
    seen.add(state);
  }
  expect(seen.size).toBe(Object.keys(SyncState).length);
});
