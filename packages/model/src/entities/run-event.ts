import { Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';

import { Run } from './run.js';

/** One thing that happened in a run. Written once by the worker, redacted before, never changed. */
@Entity()
@ObjectType()
@Unique({ properties: ['run', 'sequence'] })
export class RunEvent {
  @PrimaryKey({ type: 'integer' })
  @Field(() => Int)
  id!: number;

  @ManyToOne(() => Run, { deleteRule: 'cascade', updateRule: 'no action' })
  run!: Run;

  /** 1, 2, 3 ... within the run. */
  @Property({ type: 'integer' })
  @Field(() => Int, { description: 'Counts from 1 within the run' })
  sequence!: number;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  @Field(() => GraphQLDateTime)
  at!: Date;

  /** play, task, result, handler, warning, deprecation or recap. */
  @Property({ type: 'text' })
  @Field(() => String, { description: 'play, task, result, handler, warning, deprecation or recap' })
  kind!: string;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  host!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  task!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  module!: string | null;

  /** ok, changed, failed, skipped, unreachable or ignored. */
  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'ok, changed, failed, skipped, unreachable or ignored',
  })
  status!: string | null;

  @Property({ type: 'json', columnType: 'jsonb', nullable: true })
  @Field(() => GraphQLJSONObject, { nullable: true, description: 'Output and other details of the result' })
  detail!: Record<string, unknown> | null;
}
