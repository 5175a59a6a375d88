import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

/** What happened to a row, as seen by one subscriber. */
export enum ChangeOperation {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
}

registerEnumType(ChangeOperation, {
  name: 'ChangeOperation',
  description: 'What happened to a row, as you see it',
  valuesConfig: {
    CREATED: { description: 'It is there, or you may see it now' },
    UPDATED: { description: 'Something of it is different' },
    DELETED: { description: 'It is gone, or you may no longer see it' },
  },
});

/** A change of a row that the subscriber may see. It says which row; what is in it is asked for by a query. */
export interface Change {
  type: string;
  id: number;
  generation: number;
  op: ChangeOperation;
}

/** The GraphQL type of {@link Change}. */
@ObjectType('Change', { description: 'A change of a row that you may see' })
export class ChangeType implements Change {
  @Field(() => String, {
    description: 'Name of its type, e.g. ExampleTenant; one event for each type it belongs to',
  })
  type!: string;

  @Field(() => Int)
  id!: number;

  @Field(() => Int, { description: 'Its generation; 0 when it is gone' })
  generation!: number;

  @Field(() => ChangeOperation)
  op!: ChangeOperation;
}
