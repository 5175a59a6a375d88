/** Labels on everything that an installation puts into an engine. A label cannot change after creation. */
export const label = {
  /** UUID of the installation; nothing without our own is ever looked at. */
  installation: 'tenon.installation',
  /** Object key of the row that owns the machine, e.g. `instance-3`. */
  owner: 'tenon.owner',
  /** Name of the machine exactly as the caller wrote it (the container's name may be a simplification). */
  name: 'tenon.name',
  /** Public half of the host key of this incarnation. */
  hostKey: 'tenon.host-key',
  /** Addresses as the caller chose them, comma separated, the dialled one first; an engine forgets them while a machine is stopped. */
  addresses: 'tenon.addresses',
  /** Key of the network. */
  network: 'tenon.network',
  /** `nat` or `private`. */
  role: 'tenon.role',
  // There is no label for the authorized keys: they change while the container lives. What is on the machine is read
  // from the machine (authorized-keys.ts), which also notices a file that somebody edited.
} as const;
