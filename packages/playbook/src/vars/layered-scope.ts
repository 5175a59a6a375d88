import type { Scope } from '@tenon/jinja/environment';
import type { Value } from '@tenon/jinja/values';

/** Values by name; a Map is one. */
export interface Variables {
  get(name: string): Value | undefined;
  keys(): Iterable<string>;
}

/** Variables by precedence: the first layer that has a name gives its value. */
export class LayeredScope implements Scope {
  constructor(private readonly layers: readonly Variables[]) {}

  get(name: string): Value | undefined {
    for (const layer of this.layers) {
      const value = layer.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  *names(): Iterable<string> {
    const seen = new Set<string>();
    for (const layer of this.layers) {
      for (const name of layer.keys()) {
        if (!seen.has(name)) yield name;
        seen.add(name);
      }
    }
  }

  /** The same with more layers in front. */
  with(...layers: readonly Variables[]): LayeredScope {
    return new LayeredScope([...layers, ...this.layers]);
  }
}
