import { crudResolver } from '@tenon/graphql/crud-resolver';
import { nestedRows } from '@tenon/graphql/nested-rows';
import { sliceDescription } from '@tenon/model/core-entities';

import { noticeServiceDescription, noticeTenantDescription } from './describe.js';

const slices = nestedRows('slices', {
  description: sliceDescription,
  parent: 'service',
  fields: ['name', 'site'],
});

/** The GraphQL side of the Notice Service. */
export const resolvers = [
  ...crudResolver(noticeServiceDescription, { nested: [slices] }),
  ...crudResolver(noticeTenantDescription),
];
