import { createHash } from 'node:crypto';

/** Names that an installation uses in an engine: its own part comes first, so that two never collide. */
export interface EngineNames {
  container(machine: string): string;
  network(key: string): string;
  /** Name of a network's bridge on the engine's host; Linux allows 15 characters. */
  bridge(key: string): string;
}

/**
 * Names from the first 8 characters of the installation's UUID. A name with characters that Docker refuses is
 * simplified and told apart by a hash, so different machines never share a container name.
 */
export function engineNames(installation: string): EngineNames {
  const prefix = `tenon-${installation.slice(0, 8)}`;
  return {
    container: (machine) => `${prefix}-${simplify(machine)}`,
    network: (key) => `${prefix}-${simplify(key)}`,
    bridge: (key) => `tn-${sha256(`${installation}/${key}`).slice(0, 12)}`,
  };
}

/** A name that is valid as a host name (RFC 1123): letters, digits, hyphens, at most 63 characters. */
export function hostName(machine: string): string {
  const valid = machine
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return valid === '' ? 'instance' : valid;
}

function simplify(name: string): string {
  const simple = name.replace(/[^A-Za-z0-9_.-]/g, '-').slice(0, 100);
  return simple === name ? name : `${simple}-${sha256(name).slice(0, 8)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
