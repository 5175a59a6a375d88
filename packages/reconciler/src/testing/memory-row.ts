import type { Machine } from '../compute-port.js';
import type { ObjectKey } from '../object-key.js';
import type { FactsChange } from '../ports.js';
import type { SyncFacts } from '../subject.js';

/** The columns of one row, as the store contract looks at them. */
export interface MemoryRow {
  generation: number;
  enactedGeneration: number;
  enactedInputs: string | null;
  enactedOn: string | null;
  lastError: string | null;
  attempts: number;
  /** By the clock of the memory store. */
  nextAttemptAt: number | null;
  waitingFor: string | null;
  waitingOn: ObjectKey | null;
  blockedReason: string | null;
  pausedReason: string | null;
  deleting: boolean;
  lease: { owner: string; until: number } | null;
  machine: Machine | null;
}

export function newRow(): MemoryRow {
  return {
    generation: 1,
    enactedGeneration: 0,
    enactedInputs: null,
    enactedOn: null,
    lastError: null,
    attempts: 0,
    nextAttemptAt: null,
    waitingFor: null,
    waitingOn: null,
    blockedReason: null,
    pausedReason: null,
    deleting: false,
    lease: null,
    machine: null,
  };
}

export function factsOf(row: MemoryRow, now: number): SyncFacts {
  return {
    generation: row.generation,
    enactedGeneration: row.enactedGeneration,
    enactedInputs: row.enactedInputs,
    enactedOn: row.enactedOn,
    attempts: row.attempts,
    postponed: row.nextAttemptAt !== null && row.nextAttemptAt > now,
    leased: isLeased(row, now),
    deleting: row.deleting,
    paused: row.pausedReason !== null,
    blockedReason: row.blockedReason,
    waitingFor: row.waitingFor,
  };
}

export function isLeased(row: MemoryRow, now: number): boolean {
  return row.lease !== null && row.lease.until > now;
}

export function isInSync(row: MemoryRow): boolean {
  return row.enactedGeneration === row.generation && row.enactedInputs !== null && row.enactedOn !== null;
}

/** The generated column `sync_state`, see packages/model/src/status.ts. */
export function syncStateOf(row: MemoryRow): string {
  if (row.deleting) return 'DELETING';
  if (row.pausedReason !== null) return 'PAUSED';
  if (row.lease !== null) return 'SYNCING';
  if (isInSync(row)) return 'IN_SYNC';
  if (row.blockedReason !== null) return 'BLOCKED';
  if (row.waitingFor !== null) return 'WAITING';
  return row.lastError === null ? 'PENDING' : 'ERROR';
}

export function applyFacts(row: MemoryRow, facts: FactsChange, now: number): void {
  const { nextAttemptInMs, ...columns } = facts;
  Object.assign(row, columns);
  if (nextAttemptInMs !== undefined)
    row.nextAttemptAt = nextAttemptInMs === null ? null : now + nextAttemptInMs;
}

/** What the write guard does for a declarative change. */
export function editRow(row: MemoryRow): void {
  row.generation += 1;
  const { attempts, nextAttemptAt, lastError, waitingFor, waitingOn, blockedReason } = newRow();
  Object.assign(row, { attempts, nextAttemptAt, lastError, waitingFor, waitingOn, blockedReason });
}
