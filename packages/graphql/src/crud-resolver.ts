import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';

import { isAccepted } from './input-type.js';
import { createResolver, deleteResolver, nestedInputsOf, updateResolver } from './mutation-resolver.js';
import type { NestedRows } from './nested-rows.js';
import { permissionResolver } from './permission-resolver.js';
import { queryResolver } from './query-resolver.js';
import { relationResolver } from './relation-resolver.js';

/** What {@link crudResolver} makes besides the usual. */
export interface CrudOptions {
  /**
   * Which mutations there are. `none` where rows come and go by rules and the worker alone, `change` for a base class,
   * whose rows only its services' classes can make. @default 'all'
   */
  mutations?: 'all' | 'change' | 'none';
  /** Rows of other entities that the form adds together with its own. @default none */
  nested?: readonly NestedRows[];
}

/**
 * Makes the type-graphql resolvers of one entity out of its description: list, one, create, update, delete, its references
 * and `can`. Everything passes the entity's policy; nothing here asks who somebody is.
 */
export function crudResolver<T extends Row>(
  description: EntityDescription<T>,
  { mutations = 'all', nested = [] }: CrudOptions = {},
): (new () => object)[] {
  const changing = { description, nested, nestedInputs: nestedInputsOf(description, nested) };
  return [
    queryResolver(description),
    relationResolver(description),
    permissionResolver(description),
    ...(mutations === 'all' ? [createResolver(changing)] : []),
    // Where nothing can be changed after the creation there is no update; "sync now" is a mutation of its own.
    ...(mutations !== 'none' && hasUpdates(description) ? [updateResolver(changing)] : []),
    ...(mutations === 'none' ? [] : [deleteResolver(changing)]),
  ];
}

function hasUpdates({ fields }: EntityDescription): boolean {
  return Object.values(fields).some((field) => isAccepted(field, 'update'));
}
