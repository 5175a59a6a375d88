import type { Row } from '../entities/row.js';
import type { Policy } from '../policy.js';
import { definePolicy } from './define-policy.js';

/** For what everybody who is signed in may know and only an installation admin may change. */
export const openPolicy: Policy<Row> = definePolicy<Row>({ see: () => 'all' });
