import { statusOf } from '@tenon/service-kit/admin/api-error';
import { describe, expect, it } from 'vitest';

import { gatherUnknown, toHttpError } from './errors.js';

describe('a refusal of the API', () => {
  it('becomes the HTTP status that react-admin acts on', () => {
    const statuses = [
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'CONFLICT',
      'BAD_USER_INPUT',
      'INTERNAL_SERVER_ERROR',
    ].map((code) => statusOf(toHttpError({ message: 'no', extensions: { code } })));

    expect(statuses).toEqual([401, 403, 404, 409, 422, 500]);
  });

  it('keeps the errors of fields under the names of their inputs, rows included', () => {
    const fields = {
      tenantMessage: ['Too long.', 'Not blank.'],
      'slices.0.name': ['slice name is too short'],
    };

    const error = toHttpError({ message: 'bad input', extensions: { code: 'BAD_USER_INPUT', fields } });

    expect(error.body).toEqual({
      errors: { tenantMessage: 'Too long. Not blank.', 'slices.0.name': 'slice name is too short' },
    });
    expect(error.message).toBe('Too long. Not blank. slice name is too short');
  });

  it('moves what belongs to no input to the form as a whole, where it blocks no further save', () => {
    const fields = { '': ['The service has no slices'], secretThing: ['odd'], name: ['taken'] };
    const error = toHttpError({ message: 'bad input', extensions: { code: 'BAD_USER_INPUT', fields } });

    const gathered = gatherUnknown(error, new Set(['name']));

    expect(gathered.body).toEqual({
      errors: { name: 'taken', 'root.serverError': 'The service has no slices\nsecretThing: odd' },
    });
  });
});
