import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader } from './frame-reader.js';

const NONCE = '0123456789abcdef0123456789abcdef';

function feed(bytes: Buffer, cuts: readonly number[], cap = 1000): FrameReader {
  const reader = new FrameReader(NONCE, cap);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort(
    (left, right) => left - right,
  );
  let from = 0;
  for (const to of [...places, bytes.length]) {
    reader.push(bytes.subarray(from, to));
    from = to;
  }
  return reader;
}

test('the content is found however the network cuts it, with noise before and behind', () => {
  const content = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));

  fc.assert(
    fc.property(
      content,
      content,
      fc.integer({ min: 0, max: 255 }),
      fc.array(fc.nat()),
      (noise, body, rc, cuts) => {
        const frame = [noise, Buffer.from(`${NONCE}B`), body, Buffer.from(`${NONCE}E${rc}\n`), noise];
        const reader = feed(Buffer.concat(frame), cuts);

        expect([reader.finished, reader.rc, reader.content]).toEqual([true, rc, body]);
      },
    ),
  );
});

test('a task that killed its supervisor ends with 137', () => {
  const reader = feed(Buffer.from(`${NONCE}Bpart${NONCE}X\n`), [3, 40]);

  expect([reader.finished, reader.rc, reader.content.toString()]).toEqual([true, 137, 'part']);
});

test('what is beyond the cap is counted and dropped', () => {
  const reader = feed(Buffer.from(`${NONCE}B${'x'.repeat(5000)}${NONCE}E0\n`), [100, 1000, 2000], 100);

  expect([reader.seen, reader.content.length]).toEqual([5000, 100]);
});
