import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { onceInAWhile } from './once-in-a-while.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

it('says the same once in ten seconds, and something else at once', () => {
  const said: string[] = [];
  const complain = onceInAWhile((error) => said.push(error.message));

  complain(new Error('away'));
  complain(new Error('away'));
  complain(new Error('starting up'));
  vi.advanceTimersByTime(10_000);
  complain(new Error('away'));

  expect(said).toEqual(['away', 'starting up', 'away']);
});
