import { registerEnumType } from 'type-graphql';

/** Where an object stands between what people want and what is; see {@link syncStateOf} in status.ts. */
export enum SyncState {
  /** It will be synchronized. */
  PENDING = 'PENDING',
  /** Something else must happen first. */
  WAITING = 'WAITING',
  /** A worker is at it. */
  SYNCING = 'SYNCING',
  /** What is, is what people want. */
  IN_SYNC = 'IN_SYNC',
  /** The last try failed; it will be tried again. */
  ERROR = 'ERROR',
  /** A person has to change something. */
  BLOCKED = 'BLOCKED',
  /** Its service is disabled. */
  PAUSED = 'PAUSED',
  /** It is being taken down. */
  DELETING = 'DELETING',
}

registerEnumType(SyncState, {
  name: 'SyncState',
  description: 'Where an object stands between what people want and what is',
  valuesConfig: {
    PENDING: { description: 'It will be synchronized' },
    WAITING: { description: 'Something else must happen first' },
    SYNCING: { description: 'A worker is at it' },
    IN_SYNC: { description: 'What is, is what people want' },
    ERROR: { description: 'The last try failed; it will be tried again' },
    BLOCKED: { description: 'A person has to change something' },
    PAUSED: { description: 'Its service is disabled' },
    DELETING: { description: 'It is being taken down' },
  },
});
