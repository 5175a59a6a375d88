import { integer, longText, reference, secret, text } from '@tenon/fields/field';
import { describe, expect, it } from 'vitest';

import { whereOf } from './where.js';

const fields = {
  name: text({ label: 'Name', maxLength: 10 }),
  notes: longText({ label: 'Notes', maxLength: 10 }),
  size: integer({ label: 'Size' }),
  site: reference({ label: 'Site', to: 'Site' }),
  key: secret({ label: 'Key' }),
  hash: text({ label: 'Hash', maxLength: 10, hidden: true }),
};
const visible = () => Promise.resolve(true);
const invisible = () => Promise.resolve(false);

describe('the condition of a filter', () => {
  it('is none without a filter', async () => {
    expect(await whereOf(fields, {}, visible)).toEqual({});
  });

  it('compares columns, null included, and references by their id', async () => {
    expect(await whereOf(fields, { name: 'a', size: null, siteId: 3 }, visible)).toEqual({
      $and: [{ name: 'a' }, { size: null }, { site: 3 }],
    });
  });

  it('finds nothing by an object that the asker may not see', async () => {
    expect(await whereOf(fields, { name: 'a', siteId: 3 }, invisible)).toEqual({ id: { $in: [] } });
  });

  it('searches texts for what was typed, wildcards included', async () => {
    const pattern = String.raw`%50\%\_\\%`;

    expect(await whereOf(fields, { q: String.raw`50%_${'\\'}` }, visible)).toEqual({
      $and: [{ $or: [{ name: { $ilike: pattern } }, { notes: { $ilike: pattern } }] }],
    });
  });

  it('never compares what is hidden or secret', async () => {
    expect(await whereOf(fields, { hash: 'x', key: 'y' }, visible)).toEqual({});
  });

  it('takes ids and states', async () => {
    expect(await whereOf(fields, { ids: [1, 2], syncState: ['ERROR'] }, visible)).toEqual({
      $and: [{ id: { $in: [1, 2] } }, { syncState: { $in: ['ERROR'] } }],
    });
  });
});
