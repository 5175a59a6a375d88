import { describe, expect, it } from 'vitest';

import { referredId } from './loaders.js';

describe('the id of a reference', () => {
  it.each([
    ['a row', { site: { id: 3, name: 'mysite' } }, 3],
    ['nothing', { site: null }, null],
    ['what was never set', {}, null],
  ])('is read from %s', (_name, row, id) => {
    expect(referredId(row, 'site')).toBe(id);
  });
});
