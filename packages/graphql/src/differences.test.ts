import { reference, text } from '@tenon/fields/field';
import { Image } from '@tenon/model/entities/image';
import { newRow } from '@tenon/model/new-row';
import { describe, expect, it } from 'vitest';

import { differences } from './differences.js';

const fields = {
  name: text({ label: 'Name', maxLength: 50 }),
  site: reference({ label: 'Site', to: 'Site' }),
};
const row = Object.assign(newRow(Image, { name: 'debian' }), { site: { id: 3, name: 'secret' } });

describe('what a row holds otherwise than a form', () => {
  it('is told with the value it has now', () => {
    expect(differences(row, fields, { name: 'ubuntu' })).toEqual({ name: ['It is now: "debian"'] });
  });

  it('says nothing of the object behind a reference', () => {
    expect(differences(row, fields, { siteId: 4 })).toEqual({ siteId: ['It is another one now.'] });
  });

  it('is nothing when the form gives the same, blanks at the ends aside, or nothing', () => {
    expect(differences(row, fields, { name: ' debian ', siteId: 3 })).toEqual({});
    expect(differences(row, fields, {})).toEqual({});
  });
});
