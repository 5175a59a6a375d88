import { useEffect, useState } from 'react';
import { Alert } from '@mui/material';

import { useLive } from '../live/use-live.js';

/** A connection that comes back at once is nobody's concern. */
const PATIENCE_MS = 3000;

/** Says that the page no longer follows by itself, while that is so. */
export function ConnectionBanner() {
  const { connection } = useLive();
  const isOpen = connection === 'open';
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (isOpen) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isOpen]);

  if (isOpen || !late) return null;
  return (
    <Alert severity="warning" role="status" sx={{ mb: 2 }}>
      The connection to Tenon is lost; what you see may be old. It is being restored.
    </Alert>
  );
}
