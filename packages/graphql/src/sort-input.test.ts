import 'reflect-metadata';

import { integer, reference, secret, text } from '@tenon/fields/field';
import { describe, expect, it } from 'vitest';

import { orderBy, sortableColumns, SortOrder } from './sort-input.js';

const fields = {
  name: text({ label: 'Name', maxLength: 10 }),
  size: integer({ label: 'Size', hidden: true }),
  site: reference({ label: 'Site', to: 'Site' }),
  key: secret({ label: 'Key' }),
};

describe('a sort', () => {
  it('knows the columns that are shown, and no references', () => {
    expect(sortableColumns(fields, false)).toEqual(['id', 'generation', 'createdAt', 'updated', 'name']);
    expect(sortableColumns(fields, true)).toContain('syncState');
  });

  it('ends with the id, so that pages do not overlap', () => {
    expect(orderBy(['id', 'name'], [{ field: 'name', order: SortOrder.DESC }])).toEqual([
      { name: 'DESC' },
      { id: 'ASC' },
    ]);
  });

  it('refuses an unknown column with those there are', () => {
    expect(() => orderBy(['id', 'name'], [{ field: 'site', order: SortOrder.ASC }])).toThrow(
      'cannot sort by site: choose one of id, name',
    );
  });
});
