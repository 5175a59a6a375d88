import { describe, expect, it } from 'vitest';

import { fromNow } from './Moment.js';

const NOW = Date.parse('2026-01-01T12:00:00Z');

describe('a moment', () => {
  it.each([
    ['now', 0],
    ['5 seconds ago', -5_000],
    ['in 40 seconds', 40_000],
    ['2 minutes ago', -125_000],
    ['3 hours ago', -3 * 3_600_000],
    ['yesterday', -26 * 3_600_000],
  ])('reads %s', (words, distanceMs) => {
    expect(fromNow(NOW + distanceMs, NOW)).toBe(words);
  });
});
