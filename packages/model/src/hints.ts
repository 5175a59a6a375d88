import type { EntityManager } from '@mikro-orm/postgresql';

const collected = new WeakMap<object, Set<string>>();

/** Collects from now on the keys of the objects that this transaction gives the worker to look at. */
export function collectHints(em: EntityManager): ReadonlySet<string> {
  const keys = new Set<string>();
  collected.set(em, keys);
  return keys;
}

/** Notes that the worker should look at this object once the transaction is committed. */
export function hint(em: object, key: string): void {
  collected.get(em)?.add(key);
}
