import { InventoryError } from './inventory-error.js';
import type { Inventory, InventoryGroup, InventoryHost } from './inventory.js';

const trees = new WeakMap<Inventory, GroupTree>();
const EMPTY: InventoryGroup = { name: '', hosts: [], children: [] };

/** Every group by name: `all` and `ungrouped` first, then in the order of the inventory. */
function withBuiltIns({ hosts, groups = [], vars, namedInAll = [] }: Inventory): Map<string, InventoryGroup> {
  const named = groups.filter(({ name }) => name !== 'all' && name !== 'ungrouped');
  const grouped = new Set(named.flatMap((group) => group.hosts));
  const written = groups.find(({ name }) => name === 'ungrouped') ?? EMPTY;
  const lonely = [...written.hosts, ...hosts.map(({ name }) => name)].filter((name) => !grouped.has(name));
  const children = named.flatMap((group) => group.children);
  const undeclared = [...new Set(children)].filter((name) => !named.some((group) => group.name === name));
  const all = [...named, ...undeclared.map((name) => ({ ...EMPTY, name }))];
  const top = all.map(({ name }) => name).filter((name) => !children.includes(name));
  return new Map<string, InventoryGroup>([
    ['all', { name: 'all', hosts: namedInAll, children: ['ungrouped', ...top], ...(vars && { vars }) }],
    ['ungrouped', { ...written, name: 'ungrouped', hosts: [...new Set(lonely)] }],
    ...all.map((group) => [group.name, group] as const),
  ]);
}

/** The groups of an inventory as a graph: which hosts are below a group, and which groups are above a host. */
export class GroupTree {
  readonly hosts: ReadonlyMap<string, InventoryHost>;
  readonly groups: ReadonlyMap<string, InventoryGroup>;
  private readonly depths = new Map<string, number>();
  private readonly members = new Map<string, readonly InventoryHost[]>();
  private memberships: ReadonlyMap<string, readonly InventoryGroup[]> | undefined;

  private constructor(inventory: Inventory) {
    this.hosts = new Map(inventory.hosts.map((host) => [host.name, host]));
    this.groups = withBuiltIns(inventory);
    this.measure('all', 0, new Set());
    const lost = [...this.groups.keys()].find((name) => !this.depths.has(name));
    // A group that `all` does not lead to has a parent, and so has that: they go round.
    if (lost !== undefined) this.measure(lost, 1, new Set());
  }

  /** Made once for an inventory. Throws InventoryError for a group that is below itself. */
  static of(inventory: Inventory): GroupTree {
    const known = trees.get(inventory) ?? new GroupTree(inventory);
    trees.set(inventory, known);
    return known;
  }

  /** The hosts of a group and of the groups below it, each once: its own first, then level by level. */
  hostsOf(group: string): readonly InventoryHost[] {
    const known = this.members.get(group);
    if (known !== undefined) return known;
    const names = this.below(group).flatMap((each) => this.groups.get(each)?.hosts ?? []);
    const found = [...new Set(names)].flatMap((name) => this.hosts.get(name) ?? []);
    this.members.set(group, found);
    return found;
  }

  /** The groups that a host is in, `all` not among them, in the order in which their variables are laid over each other. */
  groupsOf(host: string): readonly InventoryGroup[] {
    this.memberships ??= this.findMemberships();
    return this.memberships.get(host) ?? [];
  }

  private findMemberships(): ReadonlyMap<string, readonly InventoryGroup[]> {
    const found = new Map<string, InventoryGroup[]>([...this.hosts.keys()].map((name) => [name, []]));
    for (const group of this.byPrecedence()) {
      for (const host of this.hostsOf(group.name)) found.get(host.name)?.push(group);
    }
    return found;
  }

  private byPrecedence(): InventoryGroup[] {
    const depth = (group: InventoryGroup) => this.depths.get(group.name) ?? 0;
    return [...this.groups.values()]
      .filter(({ name }) => name !== 'all')
      .sort((a, b) => depth(a) - depth(b) || priorityOf(a) - priorityOf(b) || (a.name < b.name ? -1 : 1));
  }

  private below(group: string): string[] {
    const found = new Set([group]);
    // A set that grows while it is walked: level after level.
    for (const name of found) for (const child of this.groups.get(name)?.children ?? []) found.add(child);
    return [...found];
  }

  /** The longest way from `all` to each group is its depth. */
  private measure(name: string, depth: number, above: ReadonlySet<string>): void {
    if (above.has(name)) {
      throw new InventoryError(`The group named '${name}' has a recursive dependency loop.`);
    }
    if ((this.depths.get(name) ?? -1) >= depth) return;
    this.depths.set(name, depth);
    const path = new Set([...above, name]);
    for (const child of this.groups.get(name)?.children ?? []) this.measure(child, depth + 1, path);
  }
}

function priorityOf({ vars }: InventoryGroup): number {
  const written = Number(vars?.['ansible_group_priority'] ?? 1);
  return Number.isFinite(written) ? Math.trunc(written) : 1;
}
