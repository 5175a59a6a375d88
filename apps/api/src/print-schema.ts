import 'reflect-metadata';

import { writeFileSync } from 'node:fs';

import { loadServices } from '@tenon/services/load';
import { lexicographicSortSchema, printSchema } from 'graphql';

import { buildSchema } from './schema.js';

// Writes apps/api/schema.graphql, which is committed: a change of the API is seen in its diff.
const schema = lexicographicSortSchema(buildSchema(await loadServices()));
writeFileSync(new URL('../schema.graphql', import.meta.url), `${printSchema(schema)}\n`);
