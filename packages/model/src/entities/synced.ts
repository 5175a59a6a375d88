import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';

import { Fact } from '../column.js';
import { backendStatus, statusText, SYNC_STATE_SQL } from '../status.js';
import { SyncState } from '../sync-state.js';
import { syncedFields } from '../synced-fields.js';
import { Row } from './row.js';

/**
 * What every synchronized entity has: facts about its synchronization. People never write them; an edit clears those
 * of the last try, and with `enactedGeneration` behind `generation` the object is pending again.
 */
@Entity({ abstract: true })
@ObjectType()
export abstract class Synced extends Row {
  @Fact(syncedFields.enacted)
  enacted!: Date | null;

  /** The generation that the last successful sync read. */
  @Fact(syncedFields.enactedGeneration)
  enactedGeneration!: number;

  /** Hash of what was applied; '-' where there is nothing but the row. Null: must be applied again. */
  @Fact(syncedFields.enactedInputs)
  enactedInputs!: string | null;

  /** The incarnation of the machine it was applied to; '-' where there is no machine. Null: the machine is gone. */
  @Fact(syncedFields.enactedOn)
  enactedOn!: string | null;

  @Fact(syncedFields.lastError)
  lastError!: string | null;

  @Fact(syncedFields.attempts)
  attempts!: number;

  @Fact(syncedFields.nextAttemptAt)
  nextAttemptAt!: Date | null;

  @Fact(syncedFields.waitingFor)
  waitingFor!: string | null;

  /** Object key of what is waited for, e.g. `instance-3`. */
  @Fact(syncedFields.waitingOn)
  waitingOn!: string | null;

  @Fact(syncedFields.blockedReason)
  blockedReason!: string | null;

  @Fact(syncedFields.pausedReason)
  pausedReason!: string | null;

  @Fact(syncedFields.deletingSince)
  deletingSince!: Date | null;

  /** Until when a worker has it for itself. */
  @Fact(syncedFields.leaseUntil)
  leaseUntil!: Date | null;

  @Fact(syncedFields.leaseOwner)
  leaseOwner!: string | null;

  /** Computed by PostgreSQL from the facts, so that lists filter and count by it. */
  @Property({ type: 'string', columnType: 'text', generated: `(${SYNC_STATE_SQL}) stored`, index: true })
  @Field(() => SyncState, { description: 'Where it stands between what people want and what is' })
  readonly syncState!: SyncState;

  @Field(() => String, { description: 'The state as a sentence for people' })
  get statusText(): string {
    return statusText(this);
  }

  @Field(() => String, { description: "The original's form: `0 - …`, `1 - OK`, `2 - …`" })
  get backendStatus(): string {
    return backendStatus(this);
  }
}
