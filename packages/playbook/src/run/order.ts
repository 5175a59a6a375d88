import { ModuleError } from '../modules/module.js';

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);
}

/** Hosts in the order that a play asks for. Throws ModuleError for an unknown one. */
export function ordered<T extends { readonly name: string }>(hosts: readonly T[], order = 'inventory'): T[] {
  const byName = () => [...hosts].sort((left, right) => (left.name < right.name ? -1 : 1));
  switch (order) {
    case 'inventory':
      return [...hosts];
    case 'reverse_inventory':
      return [...hosts].reverse();
    case 'sorted':
      return byName();
    case 'reverse_sorted':
      return byName().reverse();
    case 'shuffle':
      return shuffled(hosts);
    default:
      throw new ModuleError(`Invalid "order" specified for inventory hosts: ${order}`);
  }
}
