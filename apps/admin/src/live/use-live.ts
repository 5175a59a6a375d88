import { useSyncExternalStore } from 'react';

import { live } from '../api.js';
import type { Live } from './live-store.js';

/** The connection of live updates. */
export function useLive(): Live {
  return useSyncExternalStore(live.subscribe, live.snapshot);
}
