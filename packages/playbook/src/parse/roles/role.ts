import type { Value } from '@tenon/jinja/values';
import type { Task, Work } from '../tree.js';

type Variables = ReadonlyMap<string, Value>;

/** A role as its files and whoever uses it say. One that is used twice in the same way is the same object. */
export interface Role {
  readonly name: string;
  readonly path: string;
  /** defaults/main.yml */
  readonly defaults: Variables;
  /** `vars:` of whoever uses it. */
  readonly vars: Variables;
  /** vars/main.yml */
  readonly ownVars: Variables;
  /** Other keys of whoever uses it: `{ role: x, port: 80 }`. */
  readonly params: Variables;
  readonly dependencies: readonly Role[];
  readonly allowDuplicates: boolean;
}

/** A role that has been read. */
export interface ReadRole {
  readonly role: Role;
  /** Its dependencies' and its own. */
  readonly work: readonly Work[];
  readonly handlers: readonly Task[];
}
