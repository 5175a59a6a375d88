import { useSyncExternalStore } from 'react';

import { useApi } from '../api-context.js';
import type { Live } from './live-store.js';

/** The connection of live updates. */
export function useLive(): Live {
  const { live } = useApi();
  return useSyncExternalStore(live.subscribe, live.snapshot);
}
