import { Component, Suspense, type ReactNode } from 'react';
import { LinearProgress } from '@mui/material';
import { useLocation } from 'react-admin';

import { ErrorPage } from '../pages/ErrorPage.js';

/** Keeps a page that breaks from taking the frame with it; another page starts afresh. */
export function Guarded({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <Boundary key={pathname.split('/').slice(0, 4).join('/')}>
      <Suspense fallback={<LinearProgress aria-label="Loading" />}>{children}</Suspense>
    </Boundary>
  );
}

class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error ? <ErrorPage error={error} /> : this.props.children;
  }
}
