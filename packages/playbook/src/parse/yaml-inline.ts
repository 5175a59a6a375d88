import type { Place } from './problem.js';
import { beginsPlain, readPlain, readQuoted } from './yaml-flow-scalar.js';
import type { Pair, Properties, YamlMaker } from './yaml-maker.js';
import type { YamlNode } from './yaml-node.js';
import { isBlankOrEnd, type YamlSource } from './yaml-source.js';

const NAME = /[\w-]+/y;
const TAG = /!(?:<[^>\s]*>|[^\s,[\]{}]*)/y;
const STANDARD_PREFIX = 'tag:yaml.org,2002:';
/** Aliases of aliases could make a text of a few lines fill the memory. */
const MOST_NODES = 1_000_000;

/** A node, and whether it is the word `<<`. */
interface Inline {
  readonly node: YamlNode;
  readonly isMerge: boolean;
}

/** Reads what can stand on one line: words, quotes, aliases, and collections in brackets. */
export class YamlInline {
  private readonly anchors = new Map<string, { node: YamlNode; size: number }>();
  private made = 0;

  constructor(
    readonly source: YamlSource,
    readonly make: YamlMaker,
  ) {}

  /** Anchors and tags, in either order, and the blanks behind them, as long as `toNext` says that more may follow. */
  properties(toNext: () => boolean): Properties {
    const { source } = this;
    const at = source.place;
    let anchor: string | undefined;
    let tag: string | undefined;
    for (;;) {
      const character = source.peek();
      if (character === '&' && anchor === undefined) anchor = this.newAnchor();
      else if (character === '!' && tag === undefined) tag = this.tag();
      else return { at, anchor, tag };
      if (!toNext()) return { at, anchor, tag };
    }
  }

  private tag(): string {
    const written = this.match(TAG) ?? '!';
    if (!isBlankOrEnd(this.source.peek()) && !/[,\]}]/.test(this.source.peek() ?? ''))
      throw this.source.fault('did not find expected whitespace or line break');
    const whole = written.startsWith('!<') ? written.slice(2, -1) : written;
    return whole.startsWith(STANDARD_PREFIX) ? `!!${whole.slice(STANDARD_PREFIX.length)}` : whole;
  }

  private name(kind: 'anchor' | 'alias'): string {
    const at = this.source.place;
    this.source.index += 1;
    const name = this.match(NAME);
    const next = this.source.peek();
    if (name === undefined || (!isBlankOrEnd(next) && !/[?:,\]}%@`]/.test(next ?? '')))
      throw this.source.fault(`did not find expected alphabetic or numeric character in the ${kind}`, at);
    return name;
  }

  private newAnchor(): string {
    const at = this.source.place;
    const name = this.name('anchor');
    if (this.anchors.has(name)) throw this.source.fault(`found duplicate anchor &${name}`, at);
    return name;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.source.index;
    const found = pattern.exec(this.source.text)?.[0];
    this.source.index += found?.length ?? 0;
    return found;
  }

  /** Remembers a node by its anchor. `before` is what `size` was before it was read. */
  anchored(node: YamlNode, anchor: string | undefined, before: number): YamlNode {
    this.made += 1;
    if (this.made > MOST_NODES) throw this.source.fault('aliases repeat too much', node.at);
    if (anchor !== undefined) this.anchors.set(anchor, { node, size: this.made - before });
    return node;
  }

  /** How many nodes were made, those that aliases repeat counted again. */
  get size(): number {
    return this.made;
  }

  private alias(): YamlNode {
    const { source } = this;
    const at = source.place;
    const name = this.name('alias');
    const found = this.anchors.get(name);
    if (found === undefined) throw source.fault(`found undefined alias *${name}`, at);
    this.made += found.size;
    return found.node;
  }

  /** A node without its properties; undefined when nothing begins here. */
  read(properties: Properties, parentIndent: number, inBrackets: boolean): Inline | undefined {
    const { source, make, size } = this;
    const done = (node: YamlNode, isMerge = false) => ({
      node: this.anchored(node, properties.anchor, size),
      isMerge,
    });
    switch (source.peek()) {
      case '*':
        if (properties.anchor !== undefined || properties.tag !== undefined)
          throw source.fault('did not find expected node content: an alias has no properties');
        return { node: this.alias(), isMerge: false };
      case '"':
      case "'":
        return done(make.scalar(readQuoted(source), false, properties));
      case '[':
        return done(this.list(properties));
      case '{':
        return done(this.map(properties));
      default: {
        if (!beginsPlain(source, inBrackets)) return undefined;
        const text = readPlain(source, parentIndent, inBrackets);
        return done(make.scalar(text, true, properties), text === '<<' && properties.tag === undefined);
      }
    }
  }

  /** Nothing is written: None, or an empty text where a tag says so. */
  empty(properties: Properties): YamlNode {
    const isText = properties.tag === '!' || properties.tag === '!!str' || properties.tag === '!unsafe';
    const before = this.size;
    return this.anchored(this.make.scalar('', !isText, properties), properties.anchor, before);
  }

  private inBrackets(): Inline {
    const { source } = this;
    const properties = this.properties(() => {
      source.toNext(true);
      return true;
    });
    return this.read(properties, -1, true) ?? { node: this.empty(properties), isMerge: false };
  }

  private list(properties: Properties): YamlNode {
    const { source } = this;
    const opened = source.place;
    const items: YamlNode[] = [];
    source.index += 1;
    for (;;) {
      source.toNext(true);
      if (this.closes(']')) return this.make.list(items, properties);
      const at = source.place;
      const isExplicit = this.explicitKey();
      const key = this.content(opened, ']', isExplicit);
      const pair = this.pair(key) ?? (isExplicit ? this.lonely(key) : undefined);
      const single = { at, anchor: undefined, tag: undefined };
      items.push(pair === undefined ? key.node : this.make.map([pair], single));
      this.separator(opened, ']');
    }
  }

  private map(properties: Properties): YamlNode {
    const { source } = this;
    const opened = source.place;
    const pairs: Pair[] = [];
    source.index += 1;
    for (;;) {
      source.toNext(true);
      if (this.closes('}')) return this.make.map(pairs, properties);
      const isExplicit = this.explicitKey();
      const key = this.content(opened, '}', isExplicit);
      pairs.push(this.pair(key) ?? this.lonely(key));
      this.separator(opened, '}');
    }
  }

  private explicitKey(): boolean {
    if (this.source.peek() !== '?') return false;
    this.source.index += 1;
    this.source.toNext(true);
    return true;
  }

  /** A key or an item; something must be there. */
  private content(opened: Place, close: string, isExplicit: boolean): Inline {
    const before = this.source.index;
    const found = this.inBrackets();
    if (this.source.index === before && !isExplicit) this.failIn(opened, close);
    return found;
  }

  /** `: value` behind a key. */
  private pair({ node: key, isMerge }: Inline): Pair | undefined {
    const { source } = this;
    source.toNext(true);
    if (source.peek() !== ':') return undefined;
    source.index += 1;
    source.toNext(true);
    return { key, value: this.inBrackets().node, isMerge };
  }

  /** A key without a value. */
  private lonely({ node }: Inline): Pair {
    const value = this.empty({ at: node.at, anchor: undefined, tag: undefined });
    return { key: node, value, isMerge: false };
  }

  private closes(bracket: string): boolean {
    if (this.source.peek() !== bracket) return false;
    this.source.index += 1;
    return true;
  }

  private separator(opened: Place, close: string): void {
    this.source.toNext(true);
    if (this.source.peek() === close) return;
    if (this.source.peek() !== ',') this.failIn(opened, close);
    this.source.index += 1;
  }

  private failIn(opened: Place, close: string): never {
    const open = close === ']' ? '[' : '{';
    throw this.source.fault(
      `did not find expected ',' or '${close}' for the ${open} of line ${opened.line}, column ${opened.column}`,
    );
  }
}
