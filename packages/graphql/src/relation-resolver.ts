import { columnsOf } from '@tenon/model/column-registry';
import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { GraphContext } from './context.js';
import { readsOf } from './context.js';
import { namedClass } from './input-type.js';
import { referredId } from './loaders.js';

/**
 * Makes the resolver of an entity's references. Each is loaded under the asker's policies, all of one kind in one statement,
 * and is null when the asker may not see it: the row itself never disappears because of what it refers to.
 */
export function relationResolver(description: EntityDescription): new () => object {
  const resolverClass = namedClass(`${description.name}Relations`);
  const prototype = resolverClass.prototype as object;
  for (const [name, { field, target }] of columnsOf(description.entity)) {
    if (target === undefined || field.hidden === true) continue;
    const load = (row: Row, context: GraphContext): Promise<Row | null> | null => {
      const id = referredId(row, name);
      return id === null ? null : readsOf(context).loaders.one(target() as new () => Row, id);
    };
    Object.defineProperty(prototype, name, { value: load });
    Root()(prototype, name, 0);
    Ctx()(prototype, name, 1);
    FieldResolver(target, { nullable: true, description: field.help ?? field.label })(prototype, name, {});
  }
  Resolver(() => description.entity)(resolverClass);
  return resolverClass;
}
