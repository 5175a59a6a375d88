import { flag, reference, text } from '@tenon/fields/field';
import type { ResourceDescription } from '@tenon/service-kit/admin/resource';
import { describe, expect, it } from 'vitest';

import { createInput, inputNames, toRecord, updateInput } from './input.js';

const thing: ResourceDescription = {
  name: 'core/thing',
  type: 'Thing',
  one: 'thing',
  many: 'things',
  label: 'Thing',
  labelPlural: 'Things',
  synced: true,
  fields: {
    name: text({ label: 'Name', maxLength: 10, required: true, createOnly: true }),
    note: text({ label: 'Note', maxLength: 10 }),
    enabled: flag({ label: 'Enabled', default: true }),
    site: reference({ label: 'Site', to: 'Site' }),
    kind: text({ label: 'Kind', maxLength: 10, readOnly: true }),
  },
  extraInputs: ['slices'],
};

const stored = {
  id: 1,
  label: 'one',
  generation: 3,
  name: 'one',
  note: null,
  enabled: true,
  site: { id: 7, label: 'x' },
};

describe('the values of a form', () => {
  it('hold the id of each reference, null when it may not be seen', () => {
    expect(toRecord(thing, stored)['siteId']).toBe(7);
    expect(toRecord(thing, { ...stored, site: null })['siteId']).toBeNull();
  });

  it('are sent without what may not be set when an object is made', () => {
    const values = {
      name: 'new',
      note: '',
      enabled: false,
      siteId: 2,
      kind: 'x',
      statusText: 'y',
      slices: [{ name: 'a' }],
    };

    expect(createInput(thing, values)).toEqual({
      name: 'new',
      note: '',
      enabled: false,
      siteId: 2,
      slices: [{ name: 'a' }],
    });
  });

  it('are sent as what differs when an object is changed, so that two people may change two fields', () => {
    const before = toRecord(thing, stored);

    expect(updateInput(thing, { ...before, siteId: 8, name: 'other', note: '', slices: [] }, before)).toEqual(
      {
        siteId: 8,
        note: '',
      },
    );
    expect(updateInput(thing, { ...before, note: null }, before)).toEqual({});
  });

  it('may carry errors under every name that is sent', () => {
    expect([...inputNames(thing)]).toEqual(['name', 'note', 'enabled', 'siteId', 'slices']);
  });
});
