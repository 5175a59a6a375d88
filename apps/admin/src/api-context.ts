import { createContext, useContext } from 'react';

import type { Api } from './api.js';

/** How the pages below it reach the server. */
export const ApiContext = createContext<Api | null>(null);

/** @throws Error outside of an ApiContext. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('cannot reach the server: there is no ApiContext above');
  return api;
}
