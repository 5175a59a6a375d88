import { orElse } from '../or-else.js';
import { OperandError } from '../errors.js';
import { equals } from '../python/compare.js';
import type { Str } from '../text.js';
import { HostObject, Undefined, type CallArguments, type Value } from '../values.js';

/** `loop` inside a `{% for %}`. */
export class Loop extends HostObject {
  readonly typeName = 'loop object';
  /** The place of the current item, from 0. */
  index = 0;
  private lastChanged: readonly Value[] | null = null;

  constructor(
    private readonly items: readonly Value[],
    private readonly depth: number,
    private readonly recurse: ((items: Value, depth: number) => Str) | null,
  ) {
    super();
  }

  override attribute(name: string): Value | undefined {
    const read = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return read?.(this);
  }

  get length(): number {
    return this.items.length;
  }

  get level(): number {
    return this.depth;
  }

  neighbour(offset: number, name: string): Value {
    const found = this.index + offset < 0 ? undefined : this.items[this.index + offset];
    return orElse(found, () => new Undefined(`there is no ${name}`));
  }

  readonly cycle = ({ positional }: CallArguments): Value => {
    const value = positional[this.index % positional.length];
    if (value === undefined) throw new OperandError('no items for cycling given', 'give at least one value');
    return value;
  };

  readonly changed = ({ positional }: CallArguments): Value => {
    const before = this.lastChanged;
    this.lastChanged = positional;
    return before === null || !equals([...before], [...positional]);
  };

  override readonly call = ({ positional }: CallArguments): Value => {
    const [items] = positional;
    if (this.recurse === null) {
      throw new OperandError(
        "the loop must have the 'recursive' marker to be called recursively",
        'write `recursive`',
      );
    }
    return this.recurse(
      orElse(items, () => []),
      this.depth + 1,
    );
  };
}

class LoopMethod extends HostObject {
  readonly typeName = 'method';

  constructor(override readonly call: (args: CallArguments) => Value) {
    super();
  }
}

const attributes: Record<string, (loop: Loop) => Value> = {
  index: (loop) => loop.index + 1,
  index0: (loop) => loop.index,
  revindex: (loop) => loop.length - loop.index,
  revindex0: (loop) => loop.length - loop.index - 1,
  first: (loop) => loop.index === 0,
  last: (loop) => loop.index === loop.length - 1,
  length: (loop) => loop.length,
  depth: (loop) => loop.level,
  depth0: (loop) => loop.level - 1,
  previtem: (loop) => loop.neighbour(-1, 'previous item'),
  nextitem: (loop) => loop.neighbour(1, 'next item'),
  cycle: (loop) => new LoopMethod(loop.cycle),
  changed: (loop) => new LoopMethod(loop.changed),
};
