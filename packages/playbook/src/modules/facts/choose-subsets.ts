import { ModuleError } from '../module.js';
import type { Subset } from './subset.js';

/** Ansible's subsets of programs that nobody has. */
const EMPTY = ['facter', 'ohai'];

const namesOf = (subset: Subset) => [subset.name, ...(subset.also ?? [])];

const without = (set: ReadonlySet<string>, less: ReadonlySet<string>) =>
  new Set([...set].filter((name) => !less.has(name)));

/** A subset and those whose facts it needs. */
function withNeeds(chosen: ReadonlySet<string>, all: readonly Subset[]): Set<string> {
  const complete = new Set(chosen);
  for (const name of complete) {
    for (const subset of all) {
      if (namesOf(subset).includes(name)) for (const need of subset.needs ?? []) complete.add(need);
    }
  }
  return complete;
}

/**
 * What a gather_subset stands for (Ansible 2.14): the minimal subsets, plus what is named, minus what is named with `!`, unless it
 * is named without as well. Throws ModuleError for a name that nobody knows; an unknown one with `!` is ignored.
 */
export function chooseSubsets(wanted: readonly string[], all: readonly Subset[]): Subset[] {
  const known = new Set([...all.flatMap(namesOf), ...EMPTY]);
  const minimal = new Set(all.filter((subset) => subset.minimal).map((subset) => subset.name));
  const added = new Set(minimal);
  const excluded = new Set<string>();
  const named = new Set<string>();
  for (const word of wanted) {
    const name = word.replace(/^!/, '');
    if (word === 'min') continue;
    else if (word === 'all') for (const each of known) added.add(each);
    else if (word === '!min') for (const each of minimal) excluded.add(each);
    else if (word === '!all') for (const each of without(known, minimal)) excluded.add(each);
    else if (word.startsWith('!')) {
      const meant = all.filter((subset) => subset.name === name).flatMap(namesOf);
      for (const each of [name, ...meant]) excluded.add(each);
    } else if (known.has(name)) {
      added.add(name);
      named.add(name);
    } else {
      const options = [...known].sort().join(', ');
      throw new ModuleError(
        `Bad subset '${name}' given to Ansible. gather_subset options allowed: all, ${options}`,
      );
    }
  }
  const chosen = withNeeds(without(added, without(excluded, named)), all);
  return all.filter((subset) => namesOf(subset).some((name) => chosen.has(name)));
}
