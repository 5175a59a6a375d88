import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { InventoryError } from './inventory-error.js';
import type { Inventory } from './inventory.js';

type Variables = Map<string, unknown>;

interface DraftGroup {
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly vars: Variables;
}

const newGroup = (): DraftGroup => ({ hosts: new Set(), children: new Set(), vars: new Map() });

/** An inventory while its sources are being read into it, one after the other. */
export class InventoryDraft {
  private readonly groups = new Map<string, DraftGroup>([
    ['all', newGroup()],
    ['ungrouped', newGroup()],
  ]);
  private readonly hosts = new Map<string, Variables>();

  /** `source`: the file (or list of hosts) that is being read. */
  constructor(readonly source = '') {}

  /** A copy that reads another source; what fails there leaves this one as it is. */
  reading(source: string): InventoryDraft {
    const copy = new InventoryDraft(source);
    for (const [name, vars] of this.hosts) copy.hosts.set(name, new Map(vars));
    for (const [name, { hosts, children, vars }] of this.groups) {
      copy.groups.set(name, { hosts: new Set(hosts), children: new Set(children), vars: new Map(vars) });
    }
    return copy;
  }

  hasGroup(name: string): boolean {
    return this.groups.has(name);
  }

  addGroup(name: string): void {
    if (name === '') throw new InventoryError('Invalid empty/false group name provided');
    if (!this.groups.has(name)) this.groups.set(name, newGroup());
  }

  /** Names of groups that are no names of variables, which Ansible warns of. */
  get oddGroupNames(): string[] {
    return [...this.groups.keys()].filter((name) => !/^[A-Za-z_]\w*$/.test(name));
  }

  addHost(name: string, group?: string, port?: number): void {
    if (name === '') throw new InventoryError('Invalid empty host name provided');
    if (!this.hosts.has(name)) this.hosts.set(name, this.firstVariables(port));
    if (group === undefined) return;
    this.addGroup(group);
    this.groups.get(group)?.hosts.add(name);
  }

  private firstVariables(port: number | undefined): Variables {
    const isFile = existsSync(this.source);
    return new Map<string, unknown>([
      ...(port === undefined ? [] : [['ansible_port', port] as const]),
      ['inventory_file', this.source],
      // For a list of hosts Ansible 2.14 says None, as a text.
      ['inventory_dir', isFile ? dirname(this.source) : 'None'],
    ]);
  }

  setHostVariable(host: string, name: string, value: unknown): void {
    this.hosts.get(host)?.set(name, value);
  }

  setGroupVariable(group: string, name: string, value: unknown): void {
    this.groups.get(group)?.vars.set(name, value);
  }

  /** Throws InventoryError when the child is above its parent already. */
  addChild(parent: string, child: string): void {
    this.addGroup(child);
    if (this.isBelow(parent, child)) {
      throw new InventoryError(
        `Adding group '${child}' as child to '${parent}' creates a recursive dependency loop.`,
      );
    }
    this.groups.get(parent)?.children.add(child);
  }

  private isBelow(name: string, top: string): boolean {
    const found = new Set([top]);
    for (const each of found) for (const child of this.groups.get(each)?.children ?? []) found.add(child);
    return found.has(name);
  }

  /** The inventory as it is now. */
  finish(sources: readonly string[]): Inventory {
    const all = this.groups.get('all') ?? newGroup();
    const groups = [...this.groups].filter(([name]) => name !== 'all');
    return {
      hosts: [...this.hosts].map(([name, vars]) => ({ name, vars: Object.fromEntries(vars) })),
      groups: groups.map(([name, { hosts, children, vars }]) => {
        return { name, hosts: [...hosts], children: [...children], vars: Object.fromEntries(vars) };
      }),
      vars: Object.fromEntries(all.vars),
      namedInAll: [...all.hosts],
      sources,
    };
  }
}
