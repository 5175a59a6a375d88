import { fromJs, markUnsafe, Undefined, type Value } from '@tenon/jinja/values';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import type { Decrypt } from '../vault/decrypt.js';
import { VaultError } from '../vault/vault-error.js';
import { plainScalar } from './plain-scalar.js';
import type { Place, Problems } from './problem.js';

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: Value;
  readonly at: Place;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyValue: Value;
  readonly value: YamlNode;
  readonly at: Place;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly at: Place;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly at: Place;
}

/** A value of a YAML file with the place where it was written. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

const MERGE_KEY = '<<';
const REMEDY = 'give the vault password with --vault-id or --vault-password-file';
const QUOTE_HINT = 'a value that begins with {{ must be in quotes: "{{ name }}"';

/** One file being read: libraries' nodes become ours. */
class Reader {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly problems: Problems,
    private readonly decrypt: Decrypt | undefined,
  ) {}

  node(node: unknown, at: Place): YamlNode {
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target === undefined) this.problems.error(at, `unknown alias *${node.source}`);
      return this.node(target, at);
    }
    const place = this.placeOf(node) ?? at;
    if (isMap(node)) return this.map(node, place);
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => this.node(item, place)), at: place };
    if (isScalar(node)) return { kind: 'scalar', value: this.scalar(node, place), at: place };
    return { kind: 'scalar', value: null, at: place };
  }

  private placeOf(node: unknown): Place | undefined {
    const offset = (node as Node | null | undefined)?.range?.[0];
    if (offset === undefined) return undefined;
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }

  private scalar(node: { value: unknown; tag?: string; type?: string; source?: string }, at: Place): Value {
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    switch (node.tag) {
      case undefined:
        return node.type === 'PLAIN' ? plainScalar(text) : text;
      case '!unsafe':
        return markUnsafe(text);
      case '!':
      case 'tag:yaml.org,2002:str':
        return text;
      case '!vault':
      case '!vault-encrypted':
        return this.opened(text);
      default:
        if (node.tag.startsWith('tag:yaml.org,2002:')) return plainScalar(text);
        this.problems.error(at, `unknown tag ${node.tag}; known are !unsafe and !!str`);
        return null;
    }
  }

  /** A value that cannot be opened is an error only where it is used: who lacks a secret may not need it. */
  private opened(vaulted: string): Value {
    try {
      if (this.decrypt !== undefined) return this.decrypt(vaulted, this.problems.file);
      return new Undefined('Attempting to decrypt but no vault secrets found', true, () => REMEDY);
    } catch (error) {
      if (error instanceof VaultError) return new Undefined(error.message, true, () => REMEDY);
      throw error;
    }
  }

  private map(node: YAMLMap, at: Place): YamlMap {
    const entries = new Map<string, YamlEntry>();
    const merged: YamlEntry[] = [];
    for (const pair of node.items) {
      const place = this.placeOf(pair.key) ?? at;
      if (!isScalar(pair.key)) {
        this.problems.error(place, isMap(pair.key) ? QUOTE_HINT : 'a key must be a text, a number or a bool');
        continue;
      }
      const keyValue = this.scalar(pair.key, place);
      const value = this.node(pair.value, place);
      if (keyValue === MERGE_KEY && pair.key.type === 'PLAIN') {
        merged.push(...this.mergedEntries(value));
        continue;
      }
      const key = typeof pair.key.value === 'string' ? pair.key.value : String(pair.key.source);
      if (entries.has(key))
        this.problems.warning(place, `the key "${key}" is there twice; the last one counts`);
      entries.delete(key);
      entries.set(key, { key, keyValue, value, at: place });
    }
    // The keys written here win over merged ones, earlier merged ones over later.
    for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    return { kind: 'map', entries: [...entries.values()], at };
  }

  private mergedEntries(value: YamlNode): readonly YamlEntry[] {
    if (value.kind === 'map') return value.entries;
    if (value.kind === 'list') return value.items.flatMap((item) => this.mergedEntries(item));
    this.problems.error(value.at, '<< takes a mapping or a list of mappings');
    return [];
  }
}

export interface YamlOptions {
  /** Opens `!vault` values. */
  readonly decrypt?: Decrypt | undefined;
}

/** Reads YAML 1.1 as PyYAML does; undefined for an empty file. What is wrong goes to `problems`. */
export function parseYaml(
  text: string,
  problems: Problems,
  { decrypt }: YamlOptions = {},
): YamlNode | undefined {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.1',
    // Every plain scalar as text: what it means is decided in plainScalar.
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    lineCounter: lines,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const [document, second] = 'empty' in documents ? [] : documents;
  if (document === undefined) return undefined;
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    problems.error({ line, column: col }, `this is not YAML: ${error.message}`);
  }
  if (second !== undefined)
    problems.error({ line: 1, column: 1 }, 'one file holds one document; remove the second "---"');
  if (document.contents === null) return undefined;
  return new Reader(document, lines, problems, decrypt).node(document.contents, { line: 1, column: 1 });
}

/** The value without its places, as templates see it. */
export function toValue(node: YamlNode): Value {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toValue);
  return fromJs(new Map(node.entries.map((entry) => [entry.keyValue, toValue(entry.value)])));
}
