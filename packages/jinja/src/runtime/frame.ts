import type { Value } from '../values.js';
import type { Render } from './render.js';

/** The variables a piece of a template sees: its own, then those around it, then the render's scope. */
export class Frame {
  private readonly own = new Map<string, Value>();

  constructor(
    readonly render: Render,
    private readonly parent: Frame | null = null,
  ) {}

  get(name: string): Value | undefined {
    const value = this.own.get(name);
    if (value !== undefined) return value;
    return this.parent === null ? this.render.resolve(name) : this.parent.get(name);
  }

  set(name: string, value: Value): void {
    this.own.set(name, value);
  }

  /** A frame inside this one: what is set there is not seen here. */
  child(): Frame {
    return new Frame(this.render, this);
  }

  /** The names set in this very frame; what `import` of a template sees of it. */
  exports(): ReadonlyMap<string, Value> {
    return this.own;
  }
}
