/**
 * What the reconciler needs of a compute driver. The shapes are those of the driver contract in packages/compute, stated
 * here once more because this package imports ports only; the worker hands a driver in and the compiler compares them.
 */
export interface MachineSpec {
  /** Deterministic, stored before the machine is made. */
  name: string;
  /** Key of the instance. */
  owner: string;
  image: string;
  flavor: { memoryMib: number; cpus: number };
  networks: { key: string; address: string }[];
  authorizedKeys: string[];
  loginUser: 'ubuntu';
}

export interface NetworkSpec {
  /** `nat`, or `slice-2-private`. */
  key: string;
  /** CIDR. */
  subnet: string;
  role: 'nat' | 'private';
}

export interface Machine {
  name: string;
  owner: string;
  /** Differs for every machine that was ever made, also under the same name. */
  incarnation: string;
  state: 'running' | 'starting' | 'stopped';
  hostKey: string;
  ssh: { host: string; port: number };
  reachableAt: string;
}

export type Readiness = { ready: true } | { ready: false; reason: string };

/** A driver's verbs, as packages/compute/src/driver.ts describes them. `observe` and `list` never change anything. */
export interface Compute {
  readiness(): Promise<Readiness>;
  observe(name: string): Promise<Machine | null>;
  list(): Promise<readonly Machine[]>;
  create(spec: MachineSpec, options?: { signal?: AbortSignal }): Promise<Machine>;
  update(spec: MachineSpec): Promise<Machine>;
  delete(name: string): Promise<void>;
  observeNetwork(key: string): Promise<object | null>;
  createNetwork(spec: NetworkSpec): Promise<void>;
  deleteNetwork(key: string): Promise<void>;
  listNetworks(): Promise<readonly { key: string }[]>;
  imageReadiness(image: string): Promise<Readiness>;
  ensureImage(image: string, onProgress?: (sentence: string) => void): Promise<void>;
}
