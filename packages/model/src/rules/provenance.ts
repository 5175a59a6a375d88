/** How a change of a row came about, until the flush that stores it. */
type Provenance = 'derived' | 'ruled';

const provenances = new WeakMap<object, Provenance>();

/** A rule makes this change: the guard does not ask whether the user might have made it himself. */
export function markDerived(row: object): void {
  provenances.set(row, 'derived');
}

/** A user makes this change, and the rules of the entity have seen it. */
export function markRuled(row: object): void {
  provenances.set(row, 'ruled');
}

/** How the change came about; null for one that passed neither a rule nor the verbs of write.ts. */
export function provenanceOf(row: object): Provenance | null {
  return provenances.get(row) ?? null;
}

/** Forgets it: what happens to the row after this flush is another change. */
export function settle(row: object): void {
  provenances.delete(row);
}
