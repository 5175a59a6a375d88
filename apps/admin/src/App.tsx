import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { RegistryProvider } from '@tenon/service-kit/admin/registry-context';

import { TenonAdmin } from './TenonAdmin.js';
import { registry } from './resources/all.js';

/** A data router, because only that can hold back a navigation away from unsaved changes. */
const router = createBrowserRouter([{ path: '*', element: <TenonAdmin /> }], { basename: '/admin' });

/** The admin UI, at /admin/ with addresses that can be reloaded and sent around. */
export function App() {
  return (
    <RegistryProvider value={registry}>
      <RouterProvider router={router} />
    </RegistryProvider>
  );
}
