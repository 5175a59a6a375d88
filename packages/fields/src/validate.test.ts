import { describe, expect, it } from 'vitest';
import { choice, flag, integer, longText, reference, text } from './field.js';
import { validate } from './validate.js';

const fields = {
  message: text({ label: 'Message', required: true, maxLength: 254, trim: false }),
  name: text({
    label: 'Name',
    required: true,
    maxLength: 5,
    pattern: { expression: /^\S+$/, message: 'no blanks' },
  }),
  notes: longText({ label: 'Notes', maxLength: 10 }),
  cpus: integer({ label: 'CPUs', min: 1, max: 4, default: 1 }),
  enabled: flag({ label: 'Enabled', default: true }),
  role: choice({ label: 'Role', choices: [{ value: 'admin', label: 'Admin' }] }),
  site: reference({ label: 'Site', to: 'Site', required: true, createOnly: true }),
};
const good = { message: 'hello', name: 'a', siteId: 1 };

describe('validate', () => {
  it('accepts a good input', () => {
    expect(validate(fields, good, 'create')).toEqual({});
  });

  it('demands required fields when an object is created, under the name of the input', () => {
    expect(validate(fields, {}, 'create')).toEqual({
      message: ['This field is required.'],
      name: ['This field is required.'],
      siteId: ['This field is required.'],
    });
  });

  it('looks only at what is given in an update', () => {
    expect(validate(fields, { cpus: 2 }, 'update')).toEqual({});
  });

  it('refuses to empty a required field in an update', () => {
    expect(validate(fields, { name: ' ' }, 'update')).toEqual({ name: ['This field is required.'] });
  });

  it('refuses to change what is fixed at creation', () => {
    expect(Object.keys(validate(fields, { siteId: 2 }, 'update'))).toEqual(['siteId']);
  });

  it.each([
    ['254 emoji', '😀'.repeat(254), true],
    ['255 emoji', '😀'.repeat(255), false],
    ['blanks alone, where blanks are kept', '  ', true],
    ['a null character', 'a\u0000b', false],
    ['a lone surrogate', 'a\uD83D', false],
    ['nothing', '', false],
  ])('judges a message of %s', (_name, message, isGood) => {
    const errors = validate(fields, { ...good, message }, 'create');

    expect(errors['message'] === undefined).toBe(isGood);
  });

  it.each([
    ['a text where a number belongs', { cpus: '2' }],
    ['a number above the maximum', { cpus: 5 }],
    ['a number below the minimum', { cpus: 0 }],
    ['a choice that is not offered', { role: 'root' }],
    ['a text where a flag belongs', { enabled: 'yes' }],
    ['a text against its pattern', { name: 'a b' }],
    ['a text that is too long', { notes: '12345678901' }],
  ])('refuses %s', (_name, input) => {
    expect(Object.keys(validate(fields, input, 'update'))).toEqual(Object.keys(input));
  });
});
