import { OperandError } from '../errors.js';
import type { Operation } from '../signature.js';

/** The same names, refusing: for those who choose a template without owning the machine that runs the engine. */
export function refusals(
  kind: 'filter' | 'test',
  operations: Readonly<Record<string, Operation>>,
): Record<string, Operation> {
  return Object.fromEntries(
    Object.keys(operations).map((name) => [
      name,
      () => {
        throw new OperandError(
          `refused: the ${kind} '${name}' would look at the machine that runs the engine`,
          'use the module stat, or give the value as a variable',
        );
      },
    ]),
  );
}
