import type { Field, ReferenceField } from '@tenon/fields/field';
import type { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Int } from 'type-graphql';

import { EncryptedText } from './secrets.js';

type ScalarField = Exclude<Field, ReferenceField>;

interface Storage {
  type: 'string' | 'integer' | 'boolean' | 'Date' | typeof EncryptedText;
  columnType?: string;
  default?: string | number | boolean;
}

/** How a field is stored: lengths count Unicode code points in PostgreSQL as they do in the field's validation. */
export function storageOf(field: ScalarField): Storage {
  switch (field.kind) {
    case 'text':
      return { type: 'string', columnType: `varchar(${field.maxLength})`, ...defaultOf(field) };
    case 'longText':
      return { type: 'string', columnType: 'text' };
    case 'choice':
      return { type: 'string', columnType: 'text', ...defaultOf(field) };
    case 'integer':
      return { type: 'integer', ...defaultOf(field) };
    case 'flag':
      return { type: 'boolean', default: field.default };
    case 'moment':
      return { type: 'Date', columnType: 'timestamptz' };
    case 'secret':
      return { type: EncryptedText, columnType: 'text' };
  }
}

function defaultOf(field: { default?: string | number }): { default?: string | number } {
  return field.default === undefined ? {} : { default: field.default };
}

/** The GraphQL type of a field's value. */
export function graphqlType(field: ScalarField): StringConstructor | BooleanConstructor | GraphQLScalarType {
  switch (field.kind) {
    case 'integer':
      return Int;
    case 'flag':
      return Boolean;
    case 'moment':
      return GraphQLDateTime;
    default:
      return String;
  }
}
