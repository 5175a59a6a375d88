import { OperandError } from '../errors.js';
import { iterate } from '../python/iterate.js';
import type { TargetNode } from '../syntax/ast.js';
import { Namespace } from '../globals/namespace.js';
import type { Value } from '../values.js';
import type { Frame } from './frame.js';

function unpack(targets: readonly TargetNode[], value: Value, frame: Frame): void {
  const items = iterate(value);
  if (items.length !== targets.length) {
    const problem = items.length < targets.length ? 'not enough' : 'too many';
    throw new OperandError(`${problem} values to unpack (expected ${targets.length}, got ${items.length})`);
  }
  targets.forEach((target, index) => {
    assign(target, items[index] ?? null, frame);
  });
}

/** Gives a value to a name, to several names, or to a member of a namespace. */
export function assign(target: TargetNode, value: Value, frame: Frame): void {
  if (target.kind === 'name') {
    frame.set(target.name, value);
  } else if (target.kind === 'tuple') {
    unpack(target.items, value, frame);
  } else {
    const namespace = frame.get(target.name);
    if (!(namespace instanceof Namespace)) {
      throw new OperandError(
        'cannot assign attribute on non-namespace object',
        `write \`set ${target.name} = namespace()\` first`,
      );
    }
    namespace.set(target.member, value);
  }
}
