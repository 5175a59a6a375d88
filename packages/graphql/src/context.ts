import type { EntityManager } from '@mikro-orm/postgresql';
import { UnauthenticatedError } from '@tenon/model/errors';
import type { UserPrincipal } from '@tenon/model/principal';

import type { Loaders } from './loaders.js';
import { createLoaders } from './loaders.js';

/** What reads see: one entity manager under the asker's policies, and loaders over it. */
export interface Reads {
  em: EntityManager;
  loaders: Loaders;
}

/** What every resolver is given. */
export interface GraphContext {
  /** Who asks, or null when nobody is signed in. */
  principal: UserPrincipal | null;
  /** A new entity manager with an empty identity map under the policies of this principal. */
  fork(principal: UserPrincipal): EntityManager;
  /** Tells the worker to look at these objects (`tenant-7`); called after the commit, never fails. */
  wake(keys: readonly string[]): void;
  /** Where this operation reads. Replaced after each mutation, so that its answer is read anew. */
  reads: Reads | null;
}

/** Who asks. @throws UnauthenticatedError when nobody is signed in. */
export function askerOf(context: GraphContext): UserPrincipal {
  if (context.principal === null) throw new UnauthenticatedError();
  return context.principal;
}

/** Where the operation reads. @throws UnauthenticatedError when nobody is signed in. */
export function readsOf(context: GraphContext): Reads {
  if (context.reads === null) {
    const em = context.fork(askerOf(context));
    context.reads = { em, loaders: createLoaders(em) };
  }
  return context.reads;
}
