import type { ComputeDriver, Readiness } from '@tenon/compute/driver';
import { DriverError } from '@tenon/compute/driver-error';

/** How long an answer about readiness is good for, in ms: a hundred waiting instances ask once. */
const READINESS_MS = 1000;

/** Finds the engine and makes its driver, or says in one sentence why there is none. */
export type FindDriver = () => Promise<ComputeDriver | { missing: string }>;

/**
 * A driver for an engine that may come later: an engine that is missing at the start of the worker is looked for again
 * whenever it is needed. Until then every verb throws `unavailable`. `now` gives milliseconds.
 */
export function lateDriver(find: FindDriver, now: () => number): ComputeDriver {
  let found: ComputeDriver | null = null;
  let looking: ReturnType<FindDriver> | null = null;
  let asked: { at: number; answer: Promise<Readiness> } | null = null;

  const look = async (): Promise<ComputeDriver | { missing: string }> => {
    if (found !== null) return found;
    const result = await (looking ??= find().finally(() => (looking = null)));
    if (!('missing' in result)) found = result;
    return result;
  };
  const driver = async (): Promise<ComputeDriver> => {
    const result = await look();
    if ('missing' in result) throw new DriverError('unavailable', result.missing, { retryable: true });
    return result;
  };
  const askReadiness = async (): Promise<Readiness> => {
    const result = await look();
    return 'missing' in result ? { ready: false, reason: result.missing } : result.readiness();
  };

  return {
    readiness: () => {
      if (asked === null || now() - asked.at > READINESS_MS) asked = { at: now(), answer: askReadiness() };
      return asked.answer;
    },
    observe: async (name) => (await driver()).observe(name),
    list: async () => (await driver()).list(),
    create: async (spec, options) => (await driver()).create(spec, options),
    update: async (spec) => (await driver()).update(spec),
    delete: async (name) => (await driver()).delete(name),
    observeNetwork: async (key) => (await driver()).observeNetwork(key),
    createNetwork: async (spec) => (await driver()).createNetwork(spec),
    deleteNetwork: async (key) => (await driver()).deleteNetwork(key),
    listNetworks: async () => (await driver()).listNetworks(),
    imageReadiness: async (image) => (await driver()).imageReadiness(image),
    ensureImage: async (image, onProgress) => (await driver()).ensureImage(image, onProgress),
  };
}
