import { createContext, useContext } from 'react';
import { useResourceContext } from 'react-admin';

import type { ModelScreens } from './model-screens.js';
import type { Registry } from './resource.js';

const RegistryContext = createContext<Registry<ModelScreens> | null>(null);

/** Gives the screens below it every resource there is. */
export const RegistryProvider = RegistryContext.Provider;

/** @throws Error outside of a RegistryProvider. */
export function useRegistry(): Registry<ModelScreens> {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error('cannot use the registry: there is no RegistryProvider above');
  return registry;
}

/** The screens of the resource that the page is about. */
export function useScreens(): ModelScreens {
  const registry = useRegistry();
  const name = useResourceContext();
  return registry.byName(name ?? '');
}
