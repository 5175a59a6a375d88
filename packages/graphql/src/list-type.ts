import { Field, Int, ObjectType } from 'type-graphql';

import { namedClass } from './input-type.js';

/** Makes the GraphQL type of a page of rows: `items` and `totalCount`. */
export function listType(name: string, rowClass: new () => object): new () => object {
  const listClass = namedClass(name);
  Field(() => [rowClass], { description: 'The rows of this page.' })(listClass.prototype as object, 'items');
  Field(() => Int, { description: 'Rows on all pages together.' })(
    listClass.prototype as object,
    'totalCount',
  );
  ObjectType(name)(listClass);
  return listClass;
}
