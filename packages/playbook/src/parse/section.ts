import { pyStr, type Value } from '@tenon/jinja/values';
import { plain, isStr } from '@tenon/jinja/text';
import { didYouMean } from './nearest.js';
import { keywordsOf, keywordSupport } from './keywords.js';
import type { Place, Problems } from './problem.js';
import type { Condition, Inherited } from './tree.js';
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

  /** `a, b` or a list. */
  words(key: string): string[] {
    return this.list(key).flatMap((item) =>
      isStr(item)
        ? plain(item)
            .split(',')
            .map((word) => word.trim())
            .filter((word) => word !== '')
        : [plain(pyStr(item))],
    );
  }

  conditions(key: string): Condition[] {
    return this.list(key).map((expression) => ({ expression, at: this.node(key)?.at ?? this.at }));
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

  /** Complains about keywords that are unknown here or not built yet; `others` are allowed keys. */
  checkKeywords(level: 'play' | 'block' | 'task' | 'handler', others: ReadonlySet<string> = new Set()): void {
    for (const { key, at } of this.byKey.values()) {
      const support = keywordSupport(key, level);
      if (support === 'later') {
        this.problems.error(at, `the keyword "${key}" is not supported yet; remove it or do this with tasks`);
      } else if (support === undefined && !others.has(key)) {
        const hint = didYouMean(key, keywordsOf(level)) || `; known: ${keywordsOf(level).join(', ')}`;
        this.problems.error(at, `"${key}" is no keyword of a ${level}${hint}`);
      }
    }
  }
}

function dictionaryOf(node: YamlNode): Map<string, Value> {
  const entries = node.kind === 'map' ? node.entries : [];
  return new Map(entries.map((entry) => [entry.key, toValue(entry.value)]));
}

/** What a play has taken over from nobody. */
export const NOTHING_INHERITED: Inherited = {
  when: [],
  vars: new Map(),
  environment: [],
  notify: [],
  become: undefined,
  becomeUser: undefined,
  ignoreErrors: undefined,
  ignoreUnreachable: undefined,
  noLog: undefined,
  anyErrorsFatal: undefined,
  timeout: undefined,
  delegateTo: undefined,
  tags: [],
};

/** The parent's keywords with those written here: lists are joined, the rest is replaced. */
export function inherit(parent: Inherited, section: Section, { vars }: { vars: boolean }): Inherited {
  const or = (key: string, inherited: Value | undefined) => section.value(key) ?? inherited;
  const environment = section.value('environment');
  const method = section.text('become_method');
  if (method !== undefined && method !== 'sudo') {
    section.problems.error(
      section.placeOf('become_method'),
      `become_method "${method}" is not supported yet; use sudo`,
    );
  }
  return {
    when: [...parent.when, ...section.conditions('when')],
    vars: vars ? new Map([...parent.vars, ...section.dictionary('vars')]) : parent.vars,
    environment: environment === undefined ? parent.environment : [...parent.environment, environment],
    notify: [...parent.notify, ...section.list('notify')],
    become: or('become', parent.become),
    becomeUser: or('become_user', parent.becomeUser),
    ignoreErrors: or('ignore_errors', parent.ignoreErrors),
    ignoreUnreachable: or('ignore_unreachable', parent.ignoreUnreachable),
    noLog: or('no_log', parent.noLog),
    anyErrorsFatal: or('any_errors_fatal', parent.anyErrorsFatal),
    timeout: or('timeout', parent.timeout),
    delegateTo: or('delegate_to', parent.delegateTo),
    tags: [...parent.tags, ...section.words('tags')],
  };
}
