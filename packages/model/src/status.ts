import { SyncState } from './sync-state.js';

/** The facts that decide where a synchronized object stands. */
export interface SyncFacts {
  generation: number;
  enactedGeneration: number;
  enactedInputs: string | null;
  enactedOn: string | null;
  lastError: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
  waitingFor: string | null;
  blockedReason: string | null;
  pausedReason: string | null;
  deletingSince: Date | null;
  leaseUntil: Date | null;
}

/** The expression of the generated column `sync_state`; status.integration.test.ts holds it and syncStateOf together. */
export const SYNC_STATE_SQL = `case
  when deleting_since is not null then 'DELETING'
  when paused_reason is not null then 'PAUSED'
  when lease_until is not null then 'SYNCING'
  when enacted_generation = generation and enacted_inputs is not null and enacted_on is not null then 'IN_SYNC'
  when blocked_reason is not null then 'BLOCKED'
  when waiting_for is not null then 'WAITING'
  when last_error is not null then 'ERROR'
  else 'PENDING' end`;

/** The state that the database computes for these facts, most severe first. */
export function syncStateOf(facts: SyncFacts): SyncState {
  if (facts.deletingSince !== null) return SyncState.DELETING;
  if (facts.pausedReason !== null) return SyncState.PAUSED;
  if (facts.leaseUntil !== null) return SyncState.SYNCING;
  if (isInSync(facts)) return SyncState.IN_SYNC;
  if (facts.blockedReason !== null) return SyncState.BLOCKED;
  if (facts.waitingFor !== null) return SyncState.WAITING;
  if (facts.lastError !== null) return SyncState.ERROR;
  return SyncState.PENDING;
}

function isInSync(facts: SyncFacts): boolean {
  return (
    facts.enactedGeneration === facts.generation && facts.enactedInputs !== null && facts.enactedOn !== null
  );
}

/** The state as a sentence for people: the reason, and when it is tried again. */
export function statusText(facts: SyncFacts): string {
  switch (syncStateOf(facts)) {
    case SyncState.PENDING:
      return 'Pending sync, last_status = 0 - Provisioning in progress';
    case SyncState.SYNCING:
      return 'Synchronizing now';
    case SyncState.IN_SYNC:
      return 'successfully enacted';
    case SyncState.WAITING:
      return `Waiting: ${facts.waitingFor ?? ''}`;
    case SyncState.ERROR:
      return errorText(facts);
    case SyncState.BLOCKED:
      return `Blocked until changed: ${facts.blockedReason ?? ''}`;
    case SyncState.PAUSED:
      return `Paused: ${facts.pausedReason ?? ''}`;
    case SyncState.DELETING:
      return deletingText(facts);
  }
}

function errorText(facts: SyncFacts): string {
  const next = facts.nextAttemptAt === null ? 'soon' : `at ${facts.nextAttemptAt.toISOString()}`;
  return `Error: ${facts.lastError ?? ''} (attempt ${facts.attempts}, next ${next})`;
}

function deletingText(facts: SyncFacts): string {
  if (facts.lastError !== null) return `Deleting; the last try failed: ${facts.lastError}`;
  return facts.waitingFor === null ? 'Deleting' : `Deleting; waiting: ${facts.waitingFor}`;
}

/** The original's `<code> - <text>`: 0 not there yet, 1 in sync, 2 an error that somebody should look at. */
export function backendStatus(facts: SyncFacts): string {
  switch (syncStateOf(facts)) {
    case SyncState.IN_SYNC:
      return '1 - OK';
    case SyncState.PENDING:
    case SyncState.SYNCING:
      return '0 - Provisioning in progress';
    case SyncState.WAITING:
      return `0 - ${facts.waitingFor ?? ''}`;
    case SyncState.PAUSED:
      return `0 - ${facts.pausedReason ?? ''}`;
    case SyncState.DELETING:
      return facts.lastError === null ? '0 - Deletion in progress' : `2 - ${facts.lastError}`;
    case SyncState.BLOCKED:
      return `2 - ${facts.blockedReason ?? ''}`;
    case SyncState.ERROR:
      return `2 - ${facts.lastError ?? ''}`;
  }
}
