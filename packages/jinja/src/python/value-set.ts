import { canonicalKey } from '../dict.js';
import { isStr } from '../text.js';
import { PyFloat, type Value } from '../values.js';
import { equals } from './compare.js';

/** Values by Python's `==`: numbers and texts are found at once, only lists and dictionaries are compared one by one. */
export class ValueSet {
  private readonly atoms = new Set<unknown>();
  private readonly others: Value[] = [];

  constructor(items: Iterable<Value> = []) {
    for (const item of items) this.add(item);
  }

  has(item: Value): boolean {
    return isAtom(item) ? this.atoms.has(canonicalKey(item)) : this.others.some((each) => equals(each, item));
  }

  add(item: Value): void {
    if (isAtom(item)) this.atoms.add(canonicalKey(item));
    else this.others.push(item);
  }
}

const isAtom = (item: Value): boolean =>
  item === null || isStr(item) || item instanceof PyFloat || typeof item !== 'object';
