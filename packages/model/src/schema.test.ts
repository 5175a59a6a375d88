import 'reflect-metadata';

import type { GraphQLObjectType } from 'graphql';
import { buildSchema, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';

import { coreEntities } from './core-entities.js';

/** A schema that reaches every entity, without the layers above. */
async function schemaOf(): Promise<Map<string, GraphQLObjectType>> {
  // The queries are put into it one by one.
  class Everything {
    readonly isForTests = true;
  }
  for (const { name, entity } of coreEntities) {
    Reflect.set(Everything.prototype, name, () => null);
    Query(() => entity, { nullable: true })(Everything.prototype, name, { value: () => null });
  }
  Resolver()(Everything);
  const schema = await buildSchema({ resolvers: [Everything], orphanedTypes: [], validate: false });
  return new Map(coreEntities.map(({ name }) => [name, schema.getType(name) as GraphQLObjectType]));
}

describe('the GraphQL types of the entities', () => {
  it('have no side for hidden columns, secrets and references', async () => {
    const types = await schemaOf();
    const fieldsOf = (name: string) => Object.keys(types.get(name)?.getFields() ?? {});

    expect(fieldsOf('User')).toContain('email');
    for (const name of ['passwordHash', 'mustChangePassword', 'site'])
      expect(fieldsOf('User')).not.toContain(name);
    for (const name of ['privateKey', 'leaseOwner', 'enactedInputs'])
      expect(fieldsOf('Service')).not.toContain(name);
    expect(fieldsOf('Deployment')).not.toContain('settings');
  });

  it('have what the base classes have', async () => {
    const types = await schemaOf();

    for (const [, type] of types) {
      expect(Object.keys(type.getFields())).toEqual(
        expect.arrayContaining(['id', 'label', 'generation', 'updated']),
      );
    }
    expect(types.get('Tenant')?.getFields()['syncState']?.type.toString()).toBe('SyncState!');
    expect(types.get('Tenant')?.getFields()['enacted']?.type.toString()).toBe('DateTime');
  });
});
