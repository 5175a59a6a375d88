import { GroupTree } from './group-tree.js';
import { nameTest, readPart, splitPattern, type PatternPart } from './host-pattern.js';
import { InventoryError } from './inventory-error.js';
import type { Inventory, InventoryHost } from './inventory.js';

const LOCALHOST = ['localhost', '127.0.0.1', '::1'];

interface MatchOptions {
  /** Gives the text of `@file`, one pattern a line. Without it `@` is a letter (playbooks name no files). */
  readonly readFile?: (path: string) => string;
  /** Is told of a part that no host and no group fits. */
  readonly onMismatch?: (pattern: string) => void;
}

/** The host that is meant by `localhost`: the inventory's own, or this machine, which no group holds. */
function localhost(name: string, hosts: ReadonlyMap<string, InventoryHost>): InventoryHost {
  const [own] = LOCALHOST.flatMap((each) => hosts.get(each) ?? []);
  return own ?? { name, vars: { ansible_connection: 'local' } };
}

/** One pattern against one inventory. */
class Matcher {
  private readonly tree: GroupTree;

  constructor(
    inventory: Inventory,
    private readonly onMismatch: (pattern: string) => void,
  ) {
    this.tree = GroupTree.of(inventory);
  }

  match(patterns: readonly string[]): InventoryHost[] {
    const parts = patterns.map(readPart);
    const wanted = parts.filter((part) => part.kind === '');
    // `!x` alone means: all but x.
    const all = wanted.length === 0 && parts.length > 0;
    const hosts = all ? this.tree.hostsOf('all') : wanted.flatMap((part) => this.hostsOf(part));
    const namesOf = (part: PatternPart) => new Set(this.hostsOf(part).map(({ name }) => name));
    const required = parts.filter(({ kind }) => kind === '&').map(namesOf);
    const excluded = parts.filter(({ kind }) => kind === '!').map(namesOf);
    const left = hosts.filter(
      ({ name }) => required.every((names) => names.has(name)) && !excluded.some((names) => names.has(name)),
    );
    return [...new Map(left.map((host) => [host.name, host])).values()];
  }

  private hostsOf(part: PatternPart): readonly InventoryHost[] {
    const exact = part.kind === '' ? this.tree.hosts.get(part.text) : undefined;
    if (exact !== undefined) return [exact];
    const found = this.named(part.name);
    if (part.subscript === undefined || found.length === 0) return found;
    const { start, end } = part.subscript;
    const chosen = found.slice(start, end === -1 ? undefined : end + 1);
    if (start === end && chosen.length === 0) {
      throw new InventoryError(`No hosts matched the subscripted pattern '${part.text}'`);
    }
    return chosen;
  }

  private named(pattern: string): readonly InventoryHost[] {
    const fits = nameTest(pattern);
    const groups = [...this.tree.groups.keys()].filter(fits);
    const found = new Set(groups.flatMap((name) => this.tree.hostsOf(name)));
    if (groups.length === 0 || /^~|[.?*[]/.test(pattern)) {
      for (const host of this.tree.hosts.values()) if (fits(host.name)) found.add(host);
    }
    if (found.size > 0) return [...found];
    if (LOCALHOST.includes(pattern)) return [localhost(pattern, this.tree.hosts)];
    if (groups.length === 0) this.onMismatch(pattern);
    return [];
  }
}

function linesOf(part: string, readFile: ((path: string) => string) | undefined): string[] {
  if (readFile === undefined || !part.startsWith('@')) return [part];
  const lines = readFile(part.slice(1)).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/**
 * The hosts that a pattern names, each once, in the pattern's order: groups and hosts, `a:b` or `a,b`, `!x` without,
 * `&x` only those of x too, globs and `~regex`, `x[0]`, `x[1:3]`, `x[-1]` (Ansible 2.14). A host of exactly that name
 * always matches, whatever characters it has. Throws InventoryError for a pattern that cannot be read.
 */
export function matchHosts(
  pattern: string | readonly string[],
  inventory: Inventory,
  { readFile, onMismatch = () => undefined }: MatchOptions = {},
): InventoryHost[] {
  const { hosts } = GroupTree.of(inventory);
  const patterns = [pattern].flat().flatMap((each) => (hosts.has(each) ? [each] : splitPattern(each)));
  const lines = patterns.flatMap((part) => linesOf(part, readFile));
  return new Matcher(inventory, onMismatch).match(lines);
}
