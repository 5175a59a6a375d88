/** The machines that a playbook may be run on. */
export interface Inventory {
  readonly hosts: readonly InventoryHost[];
}

export interface InventoryHost {
  readonly name: string;
  /** Trusted, as an inventory file's host variables. */
  readonly vars?: Readonly<Record<string, unknown>>;
}
