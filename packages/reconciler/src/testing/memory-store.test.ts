import { describe } from 'vitest';

import { storeContract } from '../contract/store-contract.js';
import { syncStateOf } from './memory-row.js';
import { memoryStore } from './memory-store.js';
import { KEYS } from './memory-world.js';

describe('the store in memory', () => {
  storeContract(() => {
    const store = memoryStore();
    return Promise.resolve({
      store,
      sweep: store,
      keys: KEYS,
      edit: (key) => {
        store.edit(key);
        return Promise.resolve();
      },
      markDeleting: (key) => {
        store.row(key).deleting = true;
        return Promise.resolve();
      },
      pause: (key) => {
        store.row(key).pausedReason = 'the service is disabled';
        return Promise.resolve();
      },
      expireLease: (key) => {
        const { lease } = store.row(key);
        if (lease !== null) lease.until = -1;
        return Promise.resolve();
      },
      facts: (key) => {
        if (!store.has(key)) return Promise.resolve(null);
        const row = store.row(key);
        return Promise.resolve({ ...row, syncState: syncStateOf(row) });
      },
    });
  });
});
