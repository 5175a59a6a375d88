import { orElse } from '../or-else.js';
import type { StatementNode } from '../syntax/ast.js';
import type { Value } from '../values.js';
import { nameUse, NO_NAMES, type NameUse } from './name-use.js';
import type { Render } from './render.js';

/** How a frame sees the one around it: as part of the same text, or as a block and an included template do. */
type Around = 'text' | 'values';

/** The variables a piece of a template sees: its own, then those around it, then the render's scope. */
export class Frame {
  private readonly own = new Map<string, Value>();
  private use: NameUse = NO_NAMES;

  constructor(
    readonly render: Render,
    private readonly parent: Frame | null = null,
    private readonly around: Around = 'text',
  ) {}

  get(name: string): Value | undefined {
    const value = this.own.get(name);
    if (value !== undefined) return value;
    if (this.use.setFirst.has(name) && !this.isMentionedAround(name)) return undefined;
    if (this.around === 'text' && this.parent !== null) return this.parent.get(name);
    return orElse(this.parent?.held(name), () => this.render.resolve(name));
  }

  set(name: string, value: Value): void {
    this.own.set(name, value);
  }

  /** Says what is run in this frame: a name that it sets is nothing before, even if there is a variable of that name. */
  runs(body: readonly StatementNode[]): void {
    this.use = nameUse(body);
  }

  /** A frame inside this one for a body: what is set there is not seen here. */
  child(body: readonly StatementNode[] = []): Frame {
    const inside = new Frame(this.render, this);
    inside.runs(body);
    return inside;
  }

  /** A frame for what stands here but is no part of this text, such as a block: it sees what is set by now. */
  apart(body: readonly StatementNode[], render = this.render): Frame {
    const inside = new Frame(render, this, 'values');
    inside.runs(body);
    return inside;
  }

  /** The names set in this very frame; what `import` of a template sees of it. */
  exports(): ReadonlyMap<string, Value> {
    return this.own;
  }

  private held(name: string): Value | undefined {
    return orElse(this.own.get(name), () => this.parent?.held(name));
  }

  private isMentionedAround(name: string): boolean {
    if (this.around === 'values' || this.parent === null) return false;
    return this.parent.use.mentioned.has(name) || this.parent.isMentionedAround(name);
  }
}
