import type { SyncFacts } from '../status.js';
import { SyncState } from '../sync-state.js';

interface StatusCase {
  reason: string;
  facts: SyncFacts;
  state: SyncState;
  text: string;
  status: string;
}

const fresh: SyncFacts = {
  generation: 1,
  enactedGeneration: 0,
  enactedInputs: null,
  enactedOn: null,
  lastError: null,
  attempts: 0,
  nextAttemptAt: null,
  waitingFor: null,
  blockedReason: null,
  pausedReason: null,
  deletingSince: null,
  leaseUntil: null,
};

const now = new Date('2026-01-02T03:04:05.000Z');
const done = { generation: 3, enactedGeneration: 3, enactedInputs: 'hash', enactedOn: 'machine' };
const failed = { lastError: 'cannot reach it', attempts: 2, nextAttemptAt: now };
const pendingText = 'Pending sync, last_status = 0 - Provisioning in progress';
const inProgress = '0 - Provisioning in progress';

/** Facts and what they mean. The unit test holds the words to it, the integration test the database's column. */
export const STATUS_CASES: readonly StatusCase[] = [
  { reason: 'a new object', facts: fresh, state: SyncState.PENDING, text: pendingText, status: inProgress },
  {
    reason: 'what was read is what people want, applied to the machine that is there',
    facts: { ...fresh, ...done },
    state: SyncState.IN_SYNC,
    text: 'successfully enacted',
    status: '1 - OK',
  },
  {
    reason: 'people changed it since',
    facts: { ...fresh, ...done, generation: 4 },
    state: SyncState.PENDING,
    text: pendingText,
    status: inProgress,
  },
  {
    reason: 'what would be applied changed since, such as the playbook',
    facts: { ...fresh, ...done, enactedInputs: null },
    state: SyncState.PENDING,
    text: pendingText,
    status: inProgress,
  },
  {
    reason: 'the machine it was applied to is gone',
    facts: { ...fresh, ...done, enactedOn: null },
    state: SyncState.PENDING,
    text: pendingText,
    status: inProgress,
  },
  {
    reason: 'a worker is at it, whatever was before',
    facts: { ...fresh, ...failed, waitingFor: 'x', blockedReason: 'y', leaseUntil: now },
    state: SyncState.SYNCING,
    text: 'Synchronizing now',
    status: inProgress,
  },
  {
    reason: 'something else must happen first; that is no error',
    facts: { ...fresh, waitingFor: 'the instance is not ready', lastError: 'an old one' },
    state: SyncState.WAITING,
    text: 'Waiting: the instance is not ready',
    status: '0 - the instance is not ready',
  },
  {
    reason: 'the last try failed',
    facts: { ...fresh, ...failed },
    state: SyncState.ERROR,
    text: 'Error: cannot reach it (attempt 2, next at 2026-01-02T03:04:05.000Z)',
    status: '2 - cannot reach it',
  },
  {
    reason: 'the last try failed and the next is due',
    facts: { ...fresh, ...failed, nextAttemptAt: null },
    state: SyncState.ERROR,
    text: 'Error: cannot reach it (attempt 2, next soon)',
    status: '2 - cannot reach it',
  },
  {
    reason: 'a person has to change something, which outweighs waiting and failing',
    facts: { ...fresh, ...failed, waitingFor: 'x', blockedReason: 'the playbook has an error in line 3' },
    state: SyncState.BLOCKED,
    text: 'Blocked until changed: the playbook has an error in line 3',
    status: '2 - the playbook has an error in line 3',
  },
  {
    reason: 'its service is disabled, which outweighs being in sync',
    facts: { ...fresh, ...done, pausedReason: 'Service x is disabled' },
    state: SyncState.PAUSED,
    text: 'Paused: Service x is disabled',
    status: '0 - Service x is disabled',
  },
  {
    reason: 'its deletion outweighs everything',
    facts: { ...fresh, ...done, pausedReason: 'x', leaseUntil: now, deletingSince: now },
    state: SyncState.DELETING,
    text: 'Deleting',
    status: '0 - Deletion in progress',
  },
  {
    reason: 'its deletion waits',
    facts: { ...fresh, deletingSince: now, waitingFor: 'the machine is still there' },
    state: SyncState.DELETING,
    text: 'Deleting; waiting: the machine is still there',
    status: '0 - Deletion in progress',
  },
  {
    reason: 'its deletion failed',
    facts: { ...fresh, deletingSince: now, lastError: 'the engine is down' },
    state: SyncState.DELETING,
    text: 'Deleting; the last try failed: the engine is down',
    status: '2 - the engine is down',
  },
];
