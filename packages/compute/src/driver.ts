/**
 * What a place that runs machines must be able to do. A driver never talks to the database: it gets plain
 * specifications and answers with what it sees. Failures are `DriverError`s; everything expected is a value.
 */
export interface ComputeDriver {
  /**
   * Says whether machines can be made now, before anything is tried.
   * Called often (status pages, the sweep). Touches nothing. Never throws: `reason` is one sentence that says what to do.
   */
  readiness(): Promise<Readiness>;

  /**
   * What is there under this name, or null. Called at every reconcile, before and after a change.
   * Changes nothing. Throws `unavailable` when the place cannot be asked (which is never "the machine is gone").
   */
  observe(name: string): Promise<Machine | null>;

  /**
   * Every machine of this installation, whatever its state. Called by the orphan sweep.
   * Changes nothing and never sees a machine that carries another installation's UUID. Throws `unavailable`.
   */
  list(): Promise<Machine[]>;

  /**
   * Makes the machine and waits until its sshd answers (or the wait ends: then its state is `starting`).
   * Called when `observe` found nothing. Touches this one machine. Idempotent by name: a machine that exists is
   * returned as it is, a half-made one (a crash between two steps) is replaced, calls at the same time share one result.
   * Networks and image must exist. Leaves nothing behind when it throws.
   * Throws `no-image`, `no-space`, `address-taken`, `unavailable`, `refused`.
   */
  create(spec: MachineSpec, options?: { signal?: AbortSignal }): Promise<Machine>;

  /**
   * Brings an existing machine nearer to its specification without replacing it: authorized keys, started when
   * stopped. What would need a new machine (image, flavor, addresses) is not done; compare the answer to see it.
   * Called when `observe` differs from what is wanted. Idempotent. Throws `refused` when there is no such machine,
   * else as `create`.
   */
  update(spec: MachineSpec): Promise<Machine>;

  /**
   * Removes the machine and its disk. Called for a deletion and for an orphan; believe it only when `observe`
   * finds nothing. Idempotent: no machine is fine. Throws `unavailable`, `refused`.
   */
  delete(name: string): Promise<void>;

  /** What is there under this key, or null. Changes nothing. Throws `unavailable`. */
  observeNetwork(key: string): Promise<ObservedNetwork | null>;

  /**
   * Makes the network. Idempotent by key. Throws `address-taken` when the subnet overlaps an interface or route of
   * the host or another network of the engine, `refused` when the key exists with another subnet, `unavailable`.
   */
  createNetwork(spec: NetworkSpec): Promise<void>;

  /** Removes the network. Idempotent. Throws `refused` while machines are on it (delete those first), `unavailable`. */
  deleteNetwork(key: string): Promise<void>;

  /** Every network of this installation, never another's. Changes nothing. Throws `unavailable`. */
  listNetworks(): Promise<ObservedNetwork[]>;

  /** Whether `create` can use this image now. Changes nothing and never throws; `reason` is one sentence. */
  imageReadiness(image: string): Promise<ImageReadiness>;

  /**
   * Makes the image usable: builds or fetches it, minutes on the first time, milliseconds later. Called in the
   * background at every start, also when the image is there: what the place's host lost with a reboot is put up again.
   * Idempotent, calls at the same time share one build. Throws `no-image`, `no-space`, `unavailable`.
   */
  ensureImage(image: string, onProgress?: (line: string) => void): Promise<void>;
}

/** Ready, or one sentence that says what to do. */
export type Readiness = { ready: true } | { ready: false; reason: string };

/** Ready with the id of the image that `create` would use, or one sentence. */
export type ImageReadiness = { ready: true; id: string } | { ready: false; reason: string };

/** A machine as it is wanted. */
export interface MachineSpec {
  /** Deterministic and unique in the installation; what makes `create` idempotent. */
  name: string;
  /** Object key of the row that owns it, e.g. `instance-3`; a label on the machine. */
  owner: string;
  image: string;
  flavor: Flavor;
  /** The first one is where it is reached from outside. Addresses are chosen by the caller and never moved. */
  networks: readonly { key: string; address: string }[];
  /** Public keys, one line each in OpenSSH form; these and no others are put on the machine by us. */
  authorizedKeys: readonly string[];
  loginUser: 'ubuntu';
}

/** Limits of a machine. */
export interface Flavor {
  memoryMib: number;
  cpus: number;
  /** Processes and threads. @default 512 */
  pids?: number;
}

/** A machine as it was found. */
export interface Machine {
  name: string;
  owner: string;
  /** Changes whenever the machine is made anew, and only then. */
  incarnation: string;
  /** `starting`: booting, its sshd does not answer yet. `stopped`: `update` starts it. */
  state: 'running' | 'starting' | 'stopped';
  /** Public host key of this incarnation, `ssh-ed25519 AAAA…`; made by us, so it can be verified at the first connection. */
  hostKey: string;
  /** Where to dial. The port is 0 when it is not known while the machine is stopped. */
  ssh: { host: string; port: number };
  /** Where its web server is reached, e.g. `http://10.11.1.2/`. */
  reachableAt: string;
  addresses: string[];
  /** `keysHash(spec.authorizedKeys)` of what is on the machine now; '' when there is nothing. */
  keysHash: string;
  createdAt: Date;
}

/** A network as it is wanted. Its first usable address (`.1`) is the gateway and must not be given to a machine. */
export interface NetworkSpec {
  /** `nat`, or e.g. `slice-2-private`. */
  key: string;
  /** CIDR, IPv4. */
  subnet: string;
  /** `nat`: one for the installation, machines cannot reach each other. `private`: machines reach each other and nothing else. */
  role: 'nat' | 'private';
}

/** A network as it was found. */
export interface ObservedNetwork {
  key: string;
  id: string;
  subnet: string;
  role: 'nat' | 'private';
}
