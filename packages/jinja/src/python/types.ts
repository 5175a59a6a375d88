import type { Value } from '../values.js';

/** A Python `float`: JavaScript alone cannot tell 1.0 from 1. */
export class PyFloat {
  constructor(readonly value: number) {}
}

/** A Python `tuple`; with `names` a named one, such as a group of `groupby`. */
export class Tuple {
  constructor(
    readonly items: readonly Value[],
    readonly names: readonly string[] = [],
  ) {}
}
