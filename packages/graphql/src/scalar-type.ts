import type { Field } from '@tenon/fields/field';
import type { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Int } from 'type-graphql';

/** What type-graphql takes as a field's type. */
type ScalarType = GraphQLScalarType | StringConstructor | BooleanConstructor;

/** The GraphQL type in which a field's value is given; a reference is given as the id of the object. */
export function scalarType(field: Field): ScalarType {
  switch (field.kind) {
    case 'integer':
    case 'reference':
      return Int;
    case 'flag':
      return Boolean;
    case 'moment':
      return GraphQLDateTime;
    default:
      return String;
  }
}
