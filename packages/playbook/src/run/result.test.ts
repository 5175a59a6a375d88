import { toJs } from '@tenon/jinja/values';
import { expect, test } from 'vitest';
import { resultOf } from './result.js';

test('an empty msg is a value of the result, but nothing to tell people', () => {
  const { message, value } = resultOf({ changed: true, msg: '' }, 0);

  expect([message, toJs(value)]).toEqual([undefined, { changed: true, failed: false, msg: '' }]);
});
