import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

import { limitDepth } from './limit-depth.js';

const schema = buildSchema('type Query { slice: Slice } type Slice { id: Int, slice: Slice }');
const nested = (depth: number): string => (depth === 0 ? 'id' : `slice { ${nested(depth - 1)} }`);
const messages = (query: string) =>
  validate(schema, parse(query), [limitDepth]).map(({ message }) => message);

describe('the depth of a query', () => {
  it('is limited', () => {
    expect(messages(`{ ${nested(11)} }`)).toEqual([]);
    expect(messages(`{ ${nested(12)} }`)).toEqual([
      'cannot answer: the query is 13 levels deep, at most 12 are allowed',
    ]);
  });

  it('counts what fragments hold, and ends with one that holds itself', () => {
    expect(messages(`{ slice { ...Deep } } fragment Deep on Slice { ${nested(11)} }`)).toHaveLength(1);
    expect(messages('{ slice { ...Loop } } fragment Loop on Slice { slice { ...Loop } }')).toEqual([]);
  });

  it('does not stop introspection', () => {
    expect(messages(getIntrospectionQuery())).toEqual([]);
  });
});
