import { describe, expect, it } from 'vitest';

import { isBarePrefix, slicePrefix } from './slice-prefix.js';

describe('the prefix of a slice', () => {
  it('is the login base of its site and an underscore', () => {
    expect(slicePrefix({ id: 1, label: 'My Site', generation: 1, loginBase: 'mysite' })).toBe('mysite_');
  });

  it('follows the site only while nothing stands behind it', () => {
    expect([null, undefined, '', 'mysite_', 'my-site_'].map(isBarePrefix)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(['mysite_web', 'web', 7].map(isBarePrefix)).toEqual([false, false, false]);
  });
});
