import { useState } from 'react';
import { RegistryProvider } from '@tenon/service-kit/admin/registry-context';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';

import { createApi } from './api.js';
import { ApiContext } from './api-context.js';
import { registry } from './resources/all.js';
import { TenonAdmin } from './TenonAdmin.js';

/** The admin UI, at /admin/ with addresses that can be reloaded and sent around. */
export function App() {
  const [api] = useState(() => createApi(registry, window.location));
  // A data router, because only that can hold back a navigation away from unsaved changes.
  const [router] = useState(() =>
    createBrowserRouter([{ path: '*', element: <TenonAdmin /> }], { basename: '/admin' }),
  );

  return (
    <ApiContext value={api}>
      <RegistryProvider value={registry}>
        <RouterProvider router={router} />
      </RegistryProvider>
    </ApiContext>
  );
}
