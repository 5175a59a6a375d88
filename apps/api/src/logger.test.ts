import { describe, expect, it } from 'vitest';

import { describeError } from './logger.js';

describe('an error in the log', () => {
  it('is written without what the database says of the row', () => {
    const error = Object.assign(new Error('null value in column "email"', { cause: new Error('inner') }), {
      code: '23502',
      detail: 'Failing row contains (1, $argon2id$v=19$…)',
    });

    const written = JSON.stringify(describeError(error));

    expect(written).not.toContain('argon2id');
    expect(describeError(error)).toMatchObject({
      code: '23502',
      message: 'null value in column "email"',
      cause: { message: 'inner' },
    });
  });

  it('may be no error at all', () => {
    expect(describeError('text')).toBe('text');
  });
});
