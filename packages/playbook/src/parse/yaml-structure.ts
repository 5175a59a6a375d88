import { readBlockScalar } from './yaml-block-scalar.js';
import { YamlInline } from './yaml-inline.js';
import type { Pair, Properties, YamlMaker } from './yaml-maker.js';
import type { YamlNode } from './yaml-node.js';
import { TAB_HINT, type YamlSource } from './yaml-source.js';

const COLON_HINT = `mapping values are not allowed in this context; put a value that has ": " in it in quotes`;

/** Where a node stands: how deep, and what may begin there. */
interface Context {
  /** The column of the collection that it is in; -1 for the whole document. */
  readonly indent: number;
  /** A key or a `- ` may begin on this line: behind `- ` and `? `, and where a line begins. */
  readonly opens: boolean;
  /** A list may stand as deep as the key that it belongs to. */
  readonly sameDepth: boolean;
}

/** Reads collections by their indentation, as the YAML 1.1 of libyaml has it. */
export class YamlStructure {
  private readonly inline: YamlInline;

  constructor(
    private readonly source: YamlSource,
    private readonly make: YamlMaker,
  ) {
    this.inline = new YamlInline(source, make);
  }

  /** The only document of the text; undefined for an empty one. Throws YamlFault. */
  document(): YamlNode | undefined {
    const { source } = this;
    source.toNext();
    const hasDirectives = source.peek() === '%' && source.column === 0;
    while (source.column === 0 && source.peek() === '%') {
      if (!/^%(?:YAML|TAG) /.test(source.restOfLine())) throw source.fault('found unknown directive name');
      source.toNext();
    }
    if (source.isDocumentMark('...')) throw source.fault('did not find expected node content');
    const isMarked = source.isDocumentMark('---');
    if (hasDirectives && !isMarked) throw source.fault('did not find expected <document start>');
    if (isMarked) source.index += 3;
    else if (source.isDocumentEnd) return undefined;
    const before = source.index;
    const root = this.node({ indent: -1, opens: !isMarked, sameDepth: false });
    const isEmpty = source.text.slice(before, source.index).replaceAll(/#.*/g, '').trim() === '';
    this.end();
    return isEmpty ? undefined : root;
  }

  private end(): void {
    const { source } = this;
    source.toNext();
    while (source.isDocumentMark('...')) {
      source.index += 3;
      source.toNext();
    }
    if (source.isAtEnd) return;
    if (source.isDocumentMark('---'))
      throw source.fault('one file holds one document; remove the second "---"');
    throw source.fault('did not find expected <document start>');
  }

  private node({ indent, opens, sameDepth }: Context): YamlNode {
    const { source, inline } = this;
    let canOpen = opens;
    const toNext = () => {
      if (source.toNext()) canOpen = true;
    };
    const place = source.place;
    if (opens) source.blanks(false);
    if (opens && source.peek() === '\t') throw source.fault(TAB_HINT);
    toNext();
    const isInside = () =>
      !source.isDocumentEnd &&
      (source.column > indent || (source.column === indent && this.mayStandAt(sameDepth)));
    if (!isInside()) return inline.empty({ at: place, anchor: undefined, tag: undefined });
    const start = source.mark;
    const properties = inline.properties(() => {
      toNext();
      return isInside();
    });
    if (!isInside()) return inline.empty(properties);
    const isOneLine = source.line === start.line;
    const column = isOneLine ? start.column : source.column;
    return this.content({ indent, opens: canOpen, sameDepth }, properties, column);
  }

  /** A text behind `|` may stand as deep as its key, and so may a list. */
  private mayStandAt(sameDepth: boolean): boolean {
    const { source } = this;
    return (sameDepth && source.isIndicator('-')) || source.beginsBlockScalar;
  }

  /** What stands behind the properties; `column` is where a mapping would begin. */
  private content(context: Context, properties: Properties, column: number): YamlNode {
    const { source, inline } = this;
    const { size } = inline;
    const { indent, opens } = context;
    const isOwnLine = properties.at.line !== source.line + 1;
    const isBehind = !isOwnLine && properties.at.column !== source.column + 1;
    const mayOpen = opens && !isBehind;
    if (source.isIndicator('-')) {
      if (!mayOpen) throw source.fault('block sequence entries are not allowed in this context');
      const list = this.list(source.column, source.column === indent, properties);
      return inline.anchored(list, properties.anchor, size);
    }
    if (source.beginsBlockScalar) {
      const text = readBlockScalar(source, indent);
      return inline.anchored(this.make.scalar(text, false, properties), properties.anchor, size);
    }
    if (source.text.startsWith('{{', source.index))
      throw source.fault('a value that begins with {{ must be in quotes: "{{ name }}"');
    if (source.isIndicator(':')) {
      if (opens && isBehind) return this.keyless(column, properties);
      throw source.fault(opens ? 'did not find expected key' : COLON_HINT);
    }
    if (source.isIndicator('?')) {
      if (!mayOpen) throw source.fault('mapping keys are not allowed in this context');
      return inline.anchored(this.map(column, properties), properties.anchor, size);
    }
    return this.wordOrMap(context, { properties, isOwnLine, column });
  }

  /** `&anchor:` is the anchor of a key that is not written. */
  private keyless(column: number, properties: Properties): YamlNode {
    const first = { key: this.inline.empty(properties), isMerge: false };
    return this.map(column, { at: properties.at, anchor: undefined, tag: undefined }, first);
  }

  /** Properties on the line of a key belong to the key; on a line of their own, to the mapping. */
  private wordOrMap(
    { indent, opens }: Context,
    { properties, isOwnLine, column }: { properties: Properties; isOwnLine: boolean; column: number },
  ): YamlNode {
    const { source, inline } = this;
    const { size } = inline;
    const nothing: Properties = { at: source.place, anchor: undefined, tag: undefined };
    const { line } = source;
    const start = source.mark;
    const first = inline.read(isOwnLine ? nothing : properties, indent, false);
    if (first === undefined)
      throw source.fault('found character that cannot start any token; put the value in quotes');
    if (!this.atColon()) {
      if (!isOwnLine) return first.node;
      source.returnTo(start);
      return inline.read(properties, indent, false)?.node ?? first.node;
    }
    if (!opens || source.line !== line) throw source.fault(COLON_HINT);
    const owner = isOwnLine ? properties : nothing;
    const at = isOwnLine ? properties.at : first.node.at;
    const map = this.map(column, { ...owner, at }, { key: first.node, isMerge: first.isMerge });
    return inline.anchored(map, owner.anchor, size);
  }

  /** Steps over the blanks before a `: `. */
  private atColon(): boolean {
    const { source } = this;
    const mark = source.mark;
    source.blanks(true);
    if (source.isIndicator(':')) return true;
    source.returnTo(mark);
    return false;
  }

  private list(column: number, sameDepth: boolean, properties: Properties): YamlNode {
    const { source } = this;
    const items: YamlNode[] = [];
    while (source.isIndicator('-')) {
      source.index += 1;
      items.push(this.node({ indent: column, opens: true, sameDepth: false }));
      if (!this.continues(column, "did not find expected '-' indicator")) break;
      if (!source.isIndicator('-') && !sameDepth) throw source.fault("did not find expected '-' indicator");
    }
    return this.make.list(items, properties);
  }

  private map(
    column: number,
    properties: Properties,
    first?: { readonly key: YamlNode; readonly isMerge: boolean },
  ): YamlNode {
    const pairs: Pair[] = [];
    let key = first ?? this.key(column);
    for (;;) {
      pairs.push({ ...key, value: this.value(column, key.key) });
      if (!this.continues(column, 'did not find expected key')) break;
      key = this.key(column);
    }
    return this.make.map(pairs, properties);
  }

  /** Whether the next line goes on at the same depth. */
  private continues(column: number, otherwise: string): boolean {
    const { source } = this;
    const isFirst = source.toNext();
    if (source.isDocumentEnd || (isFirst && source.column < column)) return false;
    if (!isFirst || source.column > column) {
      if (source.isIndicator(':')) throw source.fault(COLON_HINT);
      throw source.fault(otherwise);
    }
    return true;
  }

  private key(column: number): { key: YamlNode; isMerge: boolean } {
    const { source, inline } = this;
    if (source.isIndicator('?')) {
      source.index += 1;
      return { key: this.node({ indent: column, opens: true, sameDepth: true }), isMerge: false };
    }
    const { line, place } = source;
    const properties = inline.properties(() => {
      source.blanks(true);
      return true;
    });
    const isBehind = source.column + 1 !== place.column;
    if (source.isIndicator(':') && isBehind) return { key: inline.empty(properties), isMerge: false };
    if (source.isIndicator('-') || source.isIndicator(':')) throw source.fault('did not find expected key');
    const found = inline.read(properties, column, false);
    if (found === undefined) throw source.fault('did not find expected key', place);
    if (source.line !== line || !this.atColon()) throw source.fault("could not find expected ':'", place);
    return { key: found.node, isMerge: found.isMerge };
  }

  private value(column: number, key: YamlNode): YamlNode {
    const { source, inline } = this;
    const isApart = !source.isIndicator(':') && source.toNext();
    if (!source.isIndicator(':') || (isApart && source.column !== column))
      return inline.empty({ at: key.at, anchor: undefined, tag: undefined });
    const isBelow = source.mark.column === column;
    source.index += 1;
    return this.node({ indent: column, opens: isBelow, sameDepth: true });
  }
}
