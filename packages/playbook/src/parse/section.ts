import type { Value } from '@tenon/jinja/values';
import { plain, isStr } from '@tenon/jinja/text';
import { didYouMean } from './nearest.js';
import { keywordsOf, keywordSupport } from './keywords.js';
import type { Place, Problems } from './problem.js';
import type { Condition } from './tree.js';
import { toValue, type YamlEntry, type YamlNode } from './yaml.js';

/** The keys of one play, block or task, asked for by name. */
export class Section {
  private readonly byKey: ReadonlyMap<string, YamlEntry>;

  constructor(
    entries: readonly YamlEntry[],
    readonly at: Place,
    readonly problems: Problems,
  ) {
    this.byKey = new Map(entries.map((entry) => [entry.key, entry]));
  }

  keys(): string[] {
    return [...this.byKey.keys()];
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  node(key: string): YamlNode | undefined {
    return this.byKey.get(key)?.value;
  }

  value(key: string): Value | undefined {
    const node = this.node(key);
    return node === undefined ? undefined : toValue(node);
  }

  placeOf(key: string): Place {
    return this.byKey.get(key)?.at ?? this.at;
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined || value === null) return undefined;
    if (isStr(value)) return plain(value);
    this.problems.error(this.placeOf(key), `"${key}" takes a text`);
    return undefined;
  }

  /** A list of values; a single value is a list of one. */
  list(key: string): Value[] {
    const value = this.value(key);
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : [value];
  }

  conditions(key: string): Condition[] {
    const at = this.node(key)?.at ?? this.at;
    return this.list(key).map((expression) => ({ expression, at, file: this.problems.file }));
  }

  dictionary(key: string): Map<string, Value> {
    const node = this.node(key);
    if (node === undefined || (node.kind === 'scalar' && node.value === null)) return new Map();
    if (node.kind === 'list') {
      return new Map(node.items.flatMap((item) => [...dictionaryOf(item)]));
    }
    if (node.kind === 'map') return dictionaryOf(node);
    this.problems.error(node.at, `"${key}" takes a dictionary`);
    return new Map();
  }

  /** Complains about keywords that are unknown here; `others` are allowed keys. */
  checkKeywords(level: 'play' | 'block' | 'task' | 'handler', others: ReadonlySet<string> = new Set()): void {
    for (const { key, at } of this.byKey.values()) {
      if (keywordSupport(key, level) !== undefined || others.has(key)) continue;
      const hint = didYouMean(key, keywordsOf(level)) || `; known: ${keywordsOf(level).join(', ')}`;
      this.problems.error(at, `"${key}" is no keyword of a ${level}${hint}`);
    }
  }
}

function dictionaryOf(node: YamlNode): Map<string, Value> {
  const entries = node.kind === 'map' ? node.entries : [];
  return new Map(entries.map((entry) => [entry.key, toValue(entry.value)]));
}
