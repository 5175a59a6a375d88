import type { ServicePackage } from '@tenon/service-kit/define-service';

import { serviceNames } from './index.js';

/** Loads the server half of every service in the list, in its order. */
export async function loadServices(): Promise<ServicePackage[]> {
  return Promise.all(serviceNames.map(loadService));
}

async function loadService(name: string): Promise<ServicePackage> {
  // The path is computed: the core learns no service's name, and a new folder needs no line but its own in the list.
  // Vitest's bundler must not look for it either: it would search for .js files in the sources.
  const module = (await import(/* @vite-ignore */ `./${name}/server.js`)) as { default: ServicePackage };
  return module.default;
}
