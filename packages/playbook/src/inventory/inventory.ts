/** The machines that a playbook may be run on, in the order in which they were named. */
export interface Inventory {
  readonly hosts: readonly InventoryHost[];
  /** Without `all`, which every host is in. @default none */
  readonly groups?: readonly InventoryGroup[];
  /** Variables of `all`. */
  readonly vars?: Readonly<Record<string, unknown>>;
  /** The files and folders it was read from, for `inventory_file`, `inventory_dir`, group_vars and host_vars. */
  readonly sources?: readonly string[];
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
  readonly vars?: Readonly<Record<string, unknown>>;
}
