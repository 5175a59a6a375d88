import { ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import type { Field, ReferenceField } from '@tenon/fields/field';
import { isNullable } from '@tenon/fields/field-value';
import type { FieldValue } from '@tenon/fields/field-value';
import { Field as GraphQLField } from 'type-graphql';

import { rememberColumn } from './column-registry.js';
import type { Writer } from './column-registry.js';
import { graphqlType, storageOf } from './column-types.js';

type ScalarField = Exclude<Field, ReferenceField>;

interface ColumnOptions {
  /** The value may be left out of an input, but a rule or the database always sets it: not null. Default: false. */
  always?: boolean;
  /** No two rows have the same value. Default: false. */
  unique?: boolean;
}

interface ReferenceOptions extends Omit<ColumnOptions, 'unique'> {
  /** What the database does when the referenced row is deleted. Default: it refuses. */
  onDelete?: 'cascade' | 'set null';
}

type Value<F extends Field, Options> = Options extends { always: true }
  ? NonNullable<FieldValue<F>>
  : FieldValue<F>;

type Related<Target, F extends Field, Options> = Options extends { always: true }
  ? Target
  : F extends { required: true }
    ? Target
    : Target | null;

/** Makes the decorator's first parameter impossible to satisfy when the property's type is not exactly `Wanted`. */
type Holding<Owner, Key, Wanted> = Key extends keyof Owner
  ? [Owner[Key], Wanted] extends [Wanted, Owner[Key]]
    ? unknown
    : { 'the property must be of type': Wanted }
  : never;

type PropertyOf<Wanted> = <Owner extends object, Key extends string>(
  owner: Owner & Holding<Owner, Key, Wanted>,
  key: Key,
) => void;

/**
 * A column that people write, described by a field: MikroORM's property and type-graphql's field in one. A hidden field
 * has no GraphQL side. A property whose type is not the field's does not compile.
 */
export function Column<const F extends ScalarField, const Options extends ColumnOptions = ColumnOptions>(
  field: F,
  options?: Options,
): PropertyOf<Value<F, Options>> {
  return (owner, key) => {
    applyScalar(owner, { key, field, writer: 'people', options: options ?? {} });
  };
}

/** A column that the worker or a rule writes, never a person: changing it is no declarative change. */
export function Fact<const F extends ScalarField, const Options extends ColumnOptions = ColumnOptions>(
  field: F,
  options?: Options,
): PropertyOf<Value<F, Options>> {
  return (owner, key) => {
    applyScalar(owner, { key, field, writer: 'worker', options: options ?? {} });
  };
}

/**
 * A reference to another entity: MikroORM's many-to-one. It has no GraphQL side here on purpose: the default resolver
 * would hand out a row that was never filtered. The crud resolver adds a field resolver that loads under the filter.
 */
export function ReferenceColumn<
  Target extends object,
  const F extends ReferenceField,
  const Options extends ReferenceOptions = ReferenceOptions,
>(target: () => new () => Target, field: F, options?: Options): PropertyOf<Related<Target, F, Options>> {
  return (owner, key) => {
    rememberColumn(owner.constructor, key, { field, writer: 'people', target });
    const nullable = options?.always !== true && isNullable(field);
    ManyToOne(target, {
      nullable,
      index: true,
      updateRule: 'no action',
      deleteRule: options?.onDelete ?? 'no action',
    })(owner, key);
  };
}

interface ScalarColumn {
  key: string;
  field: ScalarField;
  writer: Writer;
  options: ColumnOptions;
}

function applyScalar(owner: object, { key, field, writer, options }: ScalarColumn): void {
  const nullable = options.always !== true && isNullable(field);
  rememberColumn(owner.constructor, key, { field, writer });
  Property({ ...storageOf(field), nullable, ...(options.unique === true && { unique: true }) })(owner, key);
  if (field.hidden === true || field.kind === 'secret') return;
  GraphQLField(() => graphqlType(field), { nullable, description: field.help ?? field.label })(owner, key);
}
