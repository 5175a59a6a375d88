/**
 * The machines that a playbook may be run on, in the order in which they were named. It is a value: whoever adds a
 * host or a group makes another one, since what is worked out from it is kept as long as it lives.
 */
export interface Inventory {
  readonly hosts: readonly InventoryHost[];
  /** Without `all`, which every host is in. `ungrouped` only for its variables. @default none */
  readonly groups?: readonly InventoryGroup[];
  /** Variables of `all`. */
  readonly vars?: Readonly<Record<string, unknown>>;
  /** The files and folders it was read from, for `inventory_file`, `inventory_dir`, group_vars and host_vars. */
  readonly sources?: readonly string[];
  /** The hosts that `all` itself names; in `all` they come before those of its groups. @default none */
  readonly namedInAll?: readonly string[];
}

export interface InventoryHost {
  readonly name: string;
  /** Trusted, as an inventory file's host variables. */
  readonly vars?: Readonly<Record<string, unknown>>;
}

export interface InventoryGroup {
  readonly name: string;
  /** Its own, without those of its children. */
  readonly hosts: readonly string[];
  readonly children: readonly string[];
  /** `ansible_group_priority` among them says which of two groups of one depth wins (the greater; 1 by default). */
  readonly vars?: Readonly<Record<string, unknown>>;
}
