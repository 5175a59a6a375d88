import { OperandError } from '../errors.js';
import { HostObject, PyFunction, type Value } from '../values.js';

/** `cycler(...)`: hands out its values in turn. */
export class Cycler extends HostObject {
  readonly typeName = 'Cycler';
  private position = 0;

  constructor(private readonly items: readonly Value[]) {
    super();
    if (items.length === 0) throw new OperandError('at least one item has to be provided');
  }

  override attribute(name: string): Value | undefined {
    if (name === 'current') return this.items[this.position];
    if (name === 'next') return new PyFunction(name, () => this.next());
    return name === 'reset' ? new PyFunction(name, () => this.reset()) : undefined;
  }

  private next(): Value {
    const value = this.items[this.position] ?? null;
    this.position = (this.position + 1) % this.items.length;
    return value;
  }

  private reset(): null {
    this.position = 0;
    return null;
  }
}

/** `joiner(sep)`: nothing at the first call, the separator from then on. */
export class Joiner extends HostObject {
  readonly typeName = 'Joiner';
  private used = false;

  constructor(private readonly separator: Value) {
    super();
  }

  override readonly call = (): Value => {
    const value = this.used ? this.separator : '';
    this.used = true;
    return value;
  };
}
