import { describe, expect, it } from 'vitest';
import { secret, text } from './field.js';
import { normalize } from './normalize.js';

const fields = {
  name: text({ label: 'Name', required: true, maxLength: 30 }),
  message: text({ label: 'Message', required: true, maxLength: 254, trim: false }),
  notes: text({ label: 'Notes', maxLength: 30 }),
  password: secret({ label: 'Password' }),
};

describe('normalize', () => {
  it('cuts blanks off the ends of a text', () => {
    expect(normalize(fields, { name: ' a b ' })).toEqual({ name: 'a b' });
  });

  it('keeps every character of a text that is kept exactly, and of a secret', () => {
    expect(normalize(fields, { message: ' hi ', password: ' x ' })).toEqual({
      message: ' hi ',
      password: ' x ',
    });
  });

  it('stores nothing for an empty text that may be empty', () => {
    expect(normalize(fields, { notes: '  ' })).toEqual({ notes: null });
  });

  it('leaves what is not given alone', () => {
    expect(normalize(fields, {})).toEqual({});
  });
});
