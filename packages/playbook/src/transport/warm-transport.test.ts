import { expect, test } from 'vitest';
import { createWarmTransport } from './warm-transport.js';
import type { Link } from './warm-connection.js';

test('two who ask for a machine at the same time share one connection', async () => {
  let [opened, closed] = [0, 0];
  // Of a link, only these two are looked at here.
  const link = { open: true, close: () => closed++ } as unknown as Link;
  const transport = createWarmTransport(() => ({
    slot: 'machine',
    version: '',
    open: () => {
      opened++;
      return Promise.resolve(link);
    },
  }));

  const [one, other] = await Promise.all([transport.connect('a', {}), transport.connect('b', {})]);
  await transport.close();

  expect([one === other, opened, closed]).toEqual([true, 1, 1]);
});
