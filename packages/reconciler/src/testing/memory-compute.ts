import type { Compute, Machine, MachineSpec, NetworkSpec, Readiness } from '../compute-port.js';

/** An engine in memory. What happens in it by itself or by hand is a member, too. */
export interface MemoryCompute extends Compute {
  machines: Map<string, Machine & { spec: MachineSpec }>;
  networkSpecs: Map<string, NetworkSpec>;
  /** Subnets that another installation has. */
  takenSubnets: Set<string>;
  /** Names, in the order in which machines were made. */
  created: string[];
  setReadiness(readiness: Readiness): void;
  setImageReadiness(readiness: Readiness): void;
  /** Runs after a machine was made and before the caller hears of it: throw here for a crash in between. */
  afterCreate(hook: () => void): void;
  /** What deletion leaves behind: true when the engine accepts a deletion without doing it. */
  ignoreDeletions(ignore: boolean): void;
}

/** As packages/compute throws it. */
class AddressTaken extends Error {
  readonly code = 'address-taken';
  readonly retryable = true;

  constructor(subnet: string) {
    super(`cannot create network: ${subnet} overlaps another installation's; choose another subnet`);
  }
}

const READY: Readiness = { ready: true };

export function memoryCompute(): MemoryCompute {
  const machines: MemoryCompute['machines'] = new Map();
  const networkSpecs = new Map<string, NetworkSpec>();
  const takenSubnets = new Set<string>();
  const created: string[] = [];
  let readiness = READY;
  let imageReadiness = READY;
  let hook = (): void => undefined;
  let ignoring = false;

  return {
    machines,
    networkSpecs,
    takenSubnets,
    created,
    setReadiness: (next) => (readiness = next),
    setImageReadiness: (next) => (imageReadiness = next),
    afterCreate: (next) => (hook = next),
    ignoreDeletions: (ignore) => (ignoring = ignore),
    readiness: () => Promise.resolve(readiness),
    observe: (name) => Promise.resolve(machines.get(name) ?? null),
    list: () => Promise.resolve([...machines.values()]),
    create: (spec) => {
      const existing = machines.get(spec.name);
      if (existing !== undefined) return Promise.resolve(existing);
      created.push(spec.name);
      const machine = { ...machineOf(spec, created.length), spec };
      machines.set(spec.name, machine);
      return Promise.resolve().then(() => {
        hook();
        return machine;
      });
    },
    update: (spec) => {
      const machine = machines.get(spec.name);
      if (machine === undefined) return Promise.reject(new Error(`no machine ${spec.name}`));
      const updated = { ...machine, spec, state: 'running' as const };
      machines.set(spec.name, updated);
      return Promise.resolve(updated);
    },
    delete: (name) => {
      if (!ignoring) machines.delete(name);
      return Promise.resolve();
    },
    observeNetwork: (key) => Promise.resolve(networkSpecs.get(key) ?? null),
    createNetwork: (spec) => {
      if (takenSubnets.has(spec.subnet)) return Promise.reject(new AddressTaken(spec.subnet));
      networkSpecs.set(spec.key, spec);
      return Promise.resolve();
    },
    deleteNetwork: (key) => {
      networkSpecs.delete(key);
      return Promise.resolve();
    },
    listNetworks: () => Promise.resolve([...networkSpecs.values()]),
    imageReadiness: () => Promise.resolve(imageReadiness),
    ensureImage: () => Promise.resolve(),
  };
}

function machineOf(spec: MachineSpec, count: number): Machine {
  const host = spec.networks[0]?.address ?? '127.0.0.1';
  return {
    name: spec.name,
    owner: spec.owner,
    incarnation: `incarnation-${count}`,
    state: 'running',
    hostKey: `ssh-ed25519 host-${count}`,
    ssh: { host, port: 22 },
    reachableAt: `http://${host}/`,
  };
}
