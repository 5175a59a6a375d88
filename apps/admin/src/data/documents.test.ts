import { readFileSync } from 'node:fs';
import { isChangeable } from '@tenon/service-kit/admin/resource';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

import { CHANGES } from '../live/changes.js';
import { OVERVIEW } from '../pages/home/use-overview.js';
import { registry } from '../resources/all.js';
import { EVENTS, FOLLOW } from '../resources/runs/run-events.js';
import {
  createDocument,
  deleteDocument,
  DELETION_IMPACT,
  listDocument,
  oneDocument,
  SYNC_NOW,
  updateDocument,
} from './documents.js';

const schema = buildSchema(readFileSync(new URL('../../../api/schema.graphql', import.meta.url), 'utf8'));
const problemsOf = (document: string) => validate(schema, parse(document)).map(({ message }) => message);

describe('the documents of the UI', () => {
  it.each(registry.all.map((resource) => [resource.name, resource] as const))(
    'read %s as the API offers it',
    (_, resource) => {
      expect(problemsOf(listDocument(resource))).toEqual([]);
      expect(problemsOf(oneDocument(resource))).toEqual([]);
    },
  );

  it.each(
    registry.all
      .filter(({ readOnly }) => readOnly !== true)
      .map((resource) => [resource.name, resource] as const),
  )('write %s as the API offers it', (_, resource) => {
    expect(problemsOf(deleteDocument(resource))).toEqual([]);
    if (resource.cannotAdd === true) return;
    expect(problemsOf(createDocument(resource))).toEqual([]);
    if (isChangeable(resource)) expect(problemsOf(updateDocument(resource))).toEqual([]);
  });

  it.each([CHANGES, OVERVIEW, EVENTS, FOLLOW, SYNC_NOW, DELETION_IMPACT])('fit the API: %s', (document) => {
    expect(problemsOf(document)).toEqual([]);
  });
});
