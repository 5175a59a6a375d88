import { canonicalKey } from '@tenon/jinja/dict';
import { plain } from '@tenon/jinja/text';
import { markUnsafe, pyStr, Undefined, type Value } from '@tenon/jinja/values';
import type { Decrypt } from '../vault/decrypt.js';
import { VaultError } from '../vault/vault-error.js';
import { plainScalar } from './plain-scalar.js';
import type { Place, Problems } from './problem.js';
import type { YamlEntry, YamlMap, YamlNode } from './yaml-node.js';

/** What may stand before a value: `&anchor` and `!tag`. */
export interface Properties {
  readonly at: Place;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

/** A key and its value as they are written. */
export interface Pair {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** `<<` without quotes. */
  readonly isMerge: boolean;
}

const REMEDY = 'give the vault password with --vault-id or --vault-password-file';
const QUOTE_HINT = 'a value that begins with {{ must be in quotes: "{{ name }}"';
const STANDARD = /^!!(?:str|int|float|bool|null|map|seq|timestamp|binary)$/;

function unsafe(node: YamlNode): YamlNode {
  if (node.kind === 'scalar') return { ...node, value: markUnsafe(node.value) };
  if (node.kind === 'list') return { ...node, items: node.items.map(unsafe) };
  const entries = node.entries.map((entry) => {
    return { ...entry, keyValue: markUnsafe(entry.keyValue), value: unsafe(entry.value) };
  });
  return { ...node, entries };
}

/** Makes the nodes of one file: decides what words mean, merges, and tells of keys that are there twice. */
export class YamlMaker {
  constructor(
    private readonly problems: Problems,
    private readonly decrypt: Decrypt | undefined,
  ) {}

  /** `isPlain`: without quotes, so that `yes` is a bool. */
  scalar(text: string, isPlain: boolean, { at, tag }: Properties): YamlNode {
    return { kind: 'scalar', value: this.valueOf(text, isPlain, tag, at), at };
  }

  list(items: readonly YamlNode[], { at, tag }: Properties): YamlNode {
    return this.tagged({ kind: 'list', items, at }, tag);
  }

  map(pairs: readonly Pair[], { at, tag }: Properties): YamlNode {
    const merged = pairs.filter(({ isMerge }) => isMerge).flatMap(({ value }) => this.mergedEntries(value));
    const own = pairs.filter(({ isMerge }) => !isMerge).flatMap((pair) => this.entry(pair) ?? []);
    const entries = new Map<unknown, YamlEntry>();
    // An entry stays where its key stood first, as in Python's dictionaries.
    for (const entry of merged) entries.set(canonicalKey(entry.keyValue), entry);
    const written = new Set<unknown>();
    for (const entry of own) {
      const key = canonicalKey(entry.keyValue);
      if (written.has(key)) {
        this.problems.warning(entry.at, `the key "${entry.key}" is there twice; the last one counts`);
      }
      written.add(key);
      entries.set(key, { ...entry, keyValue: entries.get(key)?.keyValue ?? entry.keyValue });
    }
    return this.tagged({ kind: 'map', entries: [...entries.values()], at }, tag);
  }

  private tagged(node: YamlNode, tag: string | undefined): YamlNode {
    if (tag === '!unsafe') return unsafe(node);
    if (tag !== undefined && tag !== '!' && !STANDARD.test(tag)) {
      this.problems.error(node.at, `unknown tag ${tag}; known here is !unsafe`);
    }
    return node;
  }

  private entry({ key, value }: Pair): YamlEntry | undefined {
    if (key.kind !== 'scalar') {
      this.problems.error(
        key.at,
        key.kind === 'map' ? QUOTE_HINT : 'a key must be a text, a number or a bool',
      );
      return undefined;
    }
    return { key: plain(pyStr(key.value)), keyValue: key.value, value, at: key.at };
  }

  /** Of several merged mappings the first wins. */
  private mergedEntries(value: YamlNode): readonly YamlEntry[] {
    if (value.kind === 'map') return value.entries;
    const maps = value.kind === 'list' ? value.items : [];
    if (value.kind === 'list' && maps.every((item): item is YamlMap => item.kind === 'map'))
      return maps.toReversed().flatMap((map) => map.entries);
    this.problems.error(value.at, '<< takes a mapping or a list of mappings');
    return [];
  }

  private valueOf(text: string, isPlain: boolean, tag: string | undefined, at: Place): Value {
    if (tag === undefined) return isPlain ? plainScalar(text) : text;
    if (tag === '!unsafe') return markUnsafe(text);
    if (tag === '!vault' || tag === '!vault-encrypted') return this.opened(text);
    if (tag === '!') return isPlain ? plainScalar(text) : text;
    if (tag === '!!str') return text;
    if (STANDARD.test(tag)) return plainScalar(text);
    this.problems.error(at, `unknown tag ${tag}; known are !unsafe, !vault and !!str`);
    return null;
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
}
