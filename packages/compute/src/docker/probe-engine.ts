import { engineClient } from './engine-client.js';
import type { EngineAddress } from './engine-address.js';

/** What came of asking an engine for a sign of life. */
export type Probe = 'answers' | 'absent' | 'denied' | 'silent';

/** Long enough for a busy engine, short enough for a page that waits for it. */
const PATIENCE_MS = 3000;

/** Pings an engine. Changes nothing, never throws. */
export async function probeEngine(address: EngineAddress): Promise<Probe> {
  try {
    await engineClient(address, PATIENCE_MS).ping();
    return 'answers';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') return 'absent';
    if (code === 'EACCES' || code === 'EPERM') return 'denied';
    return 'silent';
  }
}

/** One sentence for people: why this engine cannot be used and what to do. */
export function sentenceFor(address: EngineAddress, probe: Probe): string {
  if (probe === 'denied') {
    return `No permission to use the container engine at ${address.name}; run: sudo usermod -aG docker $USER, and log in again.`;
  }
  if (address.tcp !== undefined)
    return `The container engine at ${address.name} does not answer; check DOCKER_HOST.`;
  const podman = address.name.includes('podman');
  const start = podman ? 'systemctl --user start podman.socket' : 'sudo service docker start';
  const what =
    probe === 'absent' ? 'There is no container engine at' : 'The container engine does not answer at';
  return `${what} ${address.name}; start it (Linux: ${start}).`;
}
