import type { Dict } from '../dict.js';
import { concat, type Str } from '../text.js';
import { HostObject, pyRepr, type Value } from '../values.js';

/** `namespace()`: an object whose members a template may set, also from inside a loop. */
export class Namespace extends HostObject {
  readonly typeName = 'Namespace';

  constructor(private readonly members: Dict) {
    super();
  }

  override attribute(name: string): Value | undefined {
    return this.members.get(name);
  }

  set(name: string, value: Value): void {
    this.members.set(name, value);
  }

  override text(): Str {
    return concat(['<Namespace ', pyRepr(this.members), '>']);
  }
}
