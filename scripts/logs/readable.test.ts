import { expect, it } from 'vitest';
import { readable } from './readable.ts';

it('words a line of JSON for people', () => {
  const time = new Date(2026, 0, 2, 3, 4, 5).getTime();

  const line = readable(
    JSON.stringify({
      level: 50,
      time,
      pid: 7,
      hostname: 'h',
      msg: 'cannot sync',
      key: 'tenant-7',
      attempts: 2,
    }),
  );

  expect(line).toBe('03:04:05 ERROR cannot sync key=tenant-7 attempts=2');
});

it.each(['LOG:  database system is ready', '{not json', ''])('leaves "%s" as it is', (line) => {
  expect(readable(line)).toBe(line);
});
