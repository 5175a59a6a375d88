import type { EngineAddress } from '@tenon/compute/docker/engine-address';

/** What the environment asks for. */
export interface EngineWish {
  dockerHost?: string | undefined;
  engineSocket?: string | undefined;
}

/**
 * The engine that the worker will use, when it answers; undefined when there is none.
 * It is the worker's own search, loaded late because it has to be built first.
 */
export async function locateEngine(wish: EngineWish): Promise<EngineAddress | undefined> {
  const { findEngine } = await import('@tenon/compute/docker/find-engine');
  const found = await findEngine({ dockerHost: wish.dockerHost, engineSocket: wish.engineSocket });
  return 'missing' in found ? undefined : found;
}
