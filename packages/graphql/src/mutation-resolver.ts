import type { Row } from '@tenon/model/entities/row';
import type { EntityDescription } from '@tenon/model/entity-description';
import { NotFoundError } from '@tenon/model/errors';
import type { Written } from '@tenon/model/write';
import { deleteRow } from '@tenon/model/write';
import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';

import type { GraphContext } from './context.js';
import { askerOf, readsOf } from './context.js';
import { inputType } from './input-type.js';
import type { NestedInputs } from './input-type.js';
import { isSynced } from './is-synced.js';
import type { NestedRows } from './nested-rows.js';
import type { Writing } from './write-row.js';
import { createFromForm, updateFromForm } from './write-row.js';

/** One entity whose rows can be changed. */
interface Changing<T extends Row> {
  description: EntityDescription<T>;
  nested: readonly NestedRows[];
  /** The input types of the nested rows. */
  nestedInputs: NestedInputs;
}

const EXPECTED_GENERATION =
  'The generation the form was filled from; when the row has another one by now, nothing is saved and the answer is CONFLICT.';

/** The input types of the rows that a form adds together with its own. */
export function nestedInputsOf(description: EntityDescription, nested: readonly NestedRows[]): NestedInputs {
  return Object.fromEntries(
    nested.map((kind) => [
      kind.name,
      inputType(`${description.name}${kind.description.name}Input`, kind.fields, 'create'),
    ]),
  );
}

/** Makes the resolver of an entity's create mutation. */
export function createResolver<T extends Row>(changing: Changing<T>): new () => object {
  const { name, label, entity, fields } = changing.description;
  const createClass = inputType(`Create${name}Input`, fields, 'create', changing.nestedInputs);

  @Resolver(() => entity)
  class RowCreation {
    @Mutation(() => entity, { name: `create${name}`, description: `Adds: ${label}.` })
    async create(
      @Arg('input', () => createClass) input: Record<string, unknown>,
      @Ctx() context: GraphContext,
    ): Promise<T> {
      return answer(changing, context, await createFromForm(writing(changing, context), input));
    }
  }
  return RowCreation;
}

/** Makes the resolver of an entity's update mutation. */
export function updateResolver<T extends Row>(changing: Changing<T>): new () => object {
  const { name, label, entity, fields } = changing.description;
  const updateClass = inputType(`Update${name}Input`, fields, 'update', changing.nestedInputs);

  @Resolver(() => entity)
  class RowUpdate {
    @Mutation(() => entity, {
      name: `update${name}`,
      description: `Changes: ${label}. What is left out stays as it is.`,
    })
    async update(
      @Arg('id', () => Int) id: number,
      @Arg('input', () => updateClass) input: Record<string, unknown>,
      @Arg('expectedGeneration', () => Int, { nullable: true, description: EXPECTED_GENERATION })
      expectedGeneration: number | null,
      @Ctx() context: GraphContext,
    ): Promise<T> {
      const edit = { id, input, expectedGeneration: expectedGeneration ?? null };
      return answer(changing, context, await updateFromForm(writing(changing, context), edit));
    }
  }
  return RowUpdate;
}

/** Makes the resolver of an entity's delete mutation. */
export function deleteResolver<T extends Row>(changing: Changing<T>): new () => object {
  const { name, label, entity } = changing.description;
  const description = isSynced(entity)
    ? `Deletes: ${label}. It stays in the state DELETING until what it stands for is taken down.`
    : `Deletes: ${label}.`;

  @Resolver(() => entity)
  class RowDeletion {
    @Mutation(() => Boolean, { name: `delete${name}`, description })
    async delete(@Arg('id', () => Int) id: number, @Ctx() context: GraphContext): Promise<boolean> {
      const { em } = writing(changing, context);
      context.wake((await deleteRow(em, changing.description, id)).hints);
      return true;
    }
  }
  return RowDeletion;
}

function writing<T extends Row>({ description, nested }: Changing<T>, context: GraphContext): Writing<T> {
  // What was read before the mutation is old after it: the answer is read anew.
  context.reads = null;
  return { em: context.fork(askerOf(context)), description, nested };
}

async function answer<T extends Row>(
  { description }: Changing<T>,
  context: GraphContext,
  { row: { id }, hints }: Written<Row>,
): Promise<T> {
  context.wake(hints);
  const row = await readsOf(context).loaders.one(description.entity, id);
  if (row !== null) return row;
  throw new NotFoundError(`cannot show ${description.label} ${id}: it was saved, but you may not see it`);
}
