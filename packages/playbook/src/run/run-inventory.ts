import { equals } from '@tenon/jinja/python/compare';
import { fromJs, type Value } from '@tenon/jinja/values';
import { GroupTree } from '../inventory/group-tree.js';
import type { Inventory } from '../inventory/inventory.js';
import { groupNames, groupsOf } from '../inventory/inventory-variables.js';
import { matchHosts } from '../inventory/match-hosts.js';
import type { Variables } from '../vars/layered-scope.js';
import { Host } from './host.js';

/** A host that a task adds. */
export interface AddedHost {
  readonly name: string;
  readonly groups: readonly string[];
  readonly vars: ReadonlyMap<string, Value>;
}

/** The inventory of a run, which grows by add_host and group_by, with the hosts as the run knows them. */
export class RunInventory {
  private readonly hosts = new Map<string, Host>();
  private readonly given: ReadonlySet<string>;
  private readonly variables = new WeakMap<Inventory, Map<string, Variables>>();

  constructor(
    private inventory: Inventory,
    /** Works out the variables of a host from files and groups. */
    private readonly read: (inventory: Inventory, host: string) => Variables,
    private readonly reread?: () => Promise<Inventory>,
  ) {
    for (const { name } of inventory.hosts) this.hosts.set(name, new Host(name));
    this.given = new Set(inventory.hosts.map(({ name }) => name));
  }

  /** Whether the run was given the host; others are added by tasks. */
  wasGiven(name: string): boolean {
    return this.given.has(name);
  }

  /** Reads the inventory again; what tasks have added is gone. Without a way to read it nothing happens. */
  async refresh(): Promise<void> {
    if (this.reread === undefined) return;
    this.inventory = await this.reread();
    for (const { name } of this.inventory.hosts) this.beside(name);
  }

  /** The hosts of the inventory, and those that the run has talked to besides. */
  get all(): readonly Host[] {
    return [...this.hosts.values()];
  }

  get names(): string[] {
    return this.inventory.hosts.map(({ name }) => name);
  }

  find(name: string): Host | undefined {
    return this.hosts.get(name);
  }

  /** A host that no inventory has: localhost, or one that only delegate_to names. */
  beside(name: string): Host {
    const host = this.hosts.get(name) ?? new Host(name);
    this.hosts.set(name, host);
    return host;
  }

  has(name: string): boolean {
    return GroupTree.of(this.inventory).hosts.has(name);
  }

  match(pattern: string | readonly string[], onMismatch?: (pattern: string) => void): Host[] {
    const found = matchHosts(pattern, this.inventory, onMismatch === undefined ? {} : { onMismatch });
    return found.map(({ name }) => this.beside(name));
  }

  /** `groups`: the names of the hosts of every group. */
  groups(): Map<string, string[]> {
    return groupsOf(this.inventory);
  }

  /** `group_names`, sorted. */
  groupsOf(host: string): string[] {
    return groupNames(this.inventory, host);
  }

  get sources(): readonly string[] {
    return this.inventory.sources ?? [];
  }

  /** Levels 3 to 10. */
  variablesOf(host: string): Variables {
    const known = this.variables.get(this.inventory) ?? new Map<string, Variables>();
    this.variables.set(this.inventory, known);
    const variables = known.get(host) ?? this.read(this.inventory, host);
    known.set(host, variables);
    return variables;
  }

  /** Gives whether anything is new: the host, a group of it, a variable. */
  addHost({ name, groups, vars }: AddedHost): boolean {
    const before = this.inventory;
    const old = before.hosts.find((host) => host.name === name);
    const isKnown = old !== undefined && [...vars].every(([key, value]) => isSame(old.vars?.[key], value));
    if (!isKnown) {
      const now = { name, vars: { ...old?.vars, ...Object.fromEntries(vars) } };
      const others = before.hosts.map((host) => (host === old ? now : host));
      this.inventory = { ...before, hosts: old === undefined ? [...others, now] : others };
    }
    this.beside(name);
    for (const group of groups) this.addToGroup(group, [name]);
    return this.inventory !== before;
  }

  /** Puts hosts into a group, which is made when there is none. Gives whether anything is new. */
  addToGroup(name: string, members: readonly string[], parents: readonly string[] = []): boolean {
    if (name === 'all') return false;
    const before = this.inventory;
    this.changeGroup(name, (group) => ({ ...group, hosts: union(group.hosts, members) }));
    for (const parent of parents) {
      if (parent !== 'all' && parent !== name)
        this.changeGroup(parent, (group) => ({ ...group, children: union(group.children, [name]) }));
    }
    return before !== this.inventory;
  }

  private changeGroup(name: string, change: (group: Group) => Group): void {
    const groups = this.inventory.groups ?? [];
    const old = groups.find((group) => group.name === name);
    const now = change(old ?? { name, hosts: [], children: [] });
    if (old?.hosts.length === now.hosts.length && old.children.length === now.children.length) return;
    const changed =
      old === undefined ? [...groups, now] : groups.map((group) => (group === old ? now : group));
    this.inventory = { ...this.inventory, groups: changed };
  }
}

type Group = NonNullable<Inventory['groups']>[number];

function union(left: readonly string[], right: readonly string[]): string[] {
  return [...new Set([...left, ...right])];
}

function isSame(before: unknown, now: Value): boolean {
  return before !== undefined && equals(fromJs(before), now);
}
