/** How a sync state looks: a tone of the palette, a shape, and a word. Never colour alone. */
export interface SyncStateLook {
  word: string;
  tone: 'success' | 'warning' | 'error' | 'info' | 'neutral';
  shape: 'check' | 'clock' | 'hourglass' | 'sync' | 'alert' | 'stop' | 'pause' | 'trash';
}

/** Every state an object of the API can be in, in the order in which people want to see them. */
export const SYNC_STATES = {
  ERROR: { word: 'Error', tone: 'error', shape: 'alert' },
  BLOCKED: { word: 'Blocked', tone: 'error', shape: 'stop' },
  WAITING: { word: 'Waiting', tone: 'warning', shape: 'hourglass' },
  PENDING: { word: 'Pending', tone: 'neutral', shape: 'clock' },
  SYNCING: { word: 'Syncing', tone: 'info', shape: 'sync' },
  IN_SYNC: { word: 'In sync', tone: 'success', shape: 'check' },
  PAUSED: { word: 'Paused', tone: 'neutral', shape: 'pause' },
  DELETING: { word: 'Deleting', tone: 'warning', shape: 'trash' },
} as const satisfies Record<string, SyncStateLook>;

export type SyncState = keyof typeof SYNC_STATES;

/** What an object that was never saved says about itself, as in the original. */
export const PENDING_TEXT = 'Pending sync, last_status = 0 - Provisioning in progress';

/** The look of a state; a state this version does not know looks pending. */
export function lookOf(state: unknown): SyncStateLook {
  return typeof state === 'string' && state in SYNC_STATES
    ? SYNC_STATES[state as SyncState]
    : SYNC_STATES.PENDING;
}
