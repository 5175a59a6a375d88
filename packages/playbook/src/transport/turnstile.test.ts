import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turnstile } from './turnstile.js';

test('so many are inside at a time, in their order, and a failure makes room as well', async () => {
  const turnstile = new Turnstile(2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;

  const outcomes = await Promise.allSettled(
    [0, 1, 2, 3, 4, 5].map((number) =>
      turnstile.through(async () => {
        order.push(number);
        most = Math.max(most, ++inside);
        await setImmediate();
        inside--;
        if (number % 2 === 1) throw new Error('odd');
      }),
    ),
  );

  expect([order, most]).toEqual([[0, 1, 2, 3, 4, 5], 2]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});
