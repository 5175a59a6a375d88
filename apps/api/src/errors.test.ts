import { ForbiddenError, InputError } from '@tenon/model/errors';
import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';

import { formatErrors } from './errors.js';

const lines: string[] = [];
const format = formatErrors(pino({}, { write: (line) => lines.push(line) }));

/** What the caller gets when a resolver throws this. */
function answerTo(thrown: Error) {
  const error = new GraphQLError(thrown.message, { originalError: thrown, path: ['slices'] });
  return format(error.toJSON(), error);
}

describe('an error', () => {
  it('of the domain keeps its text and says its code', () => {
    expect(answerTo(new ForbiddenError('cannot update Slice x: no privilege; ask'))).toEqual({
      message: 'cannot update Slice x: no privilege; ask',
      path: ['slices'],
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it('of fields names them', () => {
    expect(answerTo(new InputError({ name: ['This field is required.'] })).extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: { name: ['This field is required.'] },
    });
  });

  it('of anything else is logged with the reference that the caller is told, and nothing more', () => {
    const answer = answerTo(new Error('connect ECONNREFUSED postgres://tenon:hunter2@db'));

    const reference = answer.extensions?.['reference'] as string;
    expect(answer.message).toBe(
      `cannot answer: something broke here; tell the administrator the reference ${reference}`,
    );
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(lines.at(-1)).toContain(reference);
    expect(lines.at(-1)).toContain('ECONNREFUSED');
  });
});
