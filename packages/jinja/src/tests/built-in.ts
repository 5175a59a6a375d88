import type { Operation } from '../signature.js';
import { comparisonTests } from './comparisons.js';
import { resultTests } from './results.js';
import { textTests } from './texts.js';
import { typeTests } from './types.js';

/** The tests of Jinja2 and ansible-core, by short name. */
export const builtInTests: Readonly<Record<string, Operation>> = {
  ...typeTests,
  ...comparisonTests,
  ...textTests,
  ...resultTests,
};
