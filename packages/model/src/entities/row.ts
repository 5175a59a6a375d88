import { OptionalProps } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';

/** What every entity has. */
@Entity({ abstract: true })
@ObjectType()
export abstract class Row {
  [OptionalProps]?: 'createdAt' | 'updated' | 'generation' | 'label';

  @PrimaryKey({ type: 'integer' })
  @Field(() => Int)
  id!: number;

  @Property({ type: 'integer', default: 1 })
  @Field(() => Int, { description: 'Counts the changes people made; the precondition of an edit' })
  generation!: number;

  @Property({ type: 'Date', columnType: 'timestamptz', defaultRaw: 'now()' })
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @Property({ type: 'Date', columnType: 'timestamptz', defaultRaw: 'now()' })
  @Field(() => GraphQLDateTime, { description: 'When it was last changed by a person or a rule' })
  updated!: Date;

  /** What people call it. Reads columns of this row only, so that an unseeable relation never speaks through it. */
  @Field(() => String, { description: 'What people call it' })
  get label(): string {
    return `#${this.id}`;
  }
}
