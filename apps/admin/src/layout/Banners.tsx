import { useEffect, useRef, useState } from 'react';
import { Alert, Box } from '@mui/material';
import { useLocation, useNotificationContext, useTranslate, type NotificationPayload } from 'react-admin';

interface Shown {
  key: number;
  type: NotificationPayload['type'];
  text: string;
  /** The number of the last page on which it is shown. */
  lastVisit: number;
}

/**
 * What react-admin calls notifications, as banners at the head of the page, as in the original. They stay until they are
 * closed or another page is opened: who looks away for five seconds misses nothing.
 */
export function Banners() {
  const [shown, setShown] = useShownBanners();
  if (shown.length === 0) return null;

  return (
    <Box sx={{ display: 'grid', gap: 1, mb: 2 }}>
      {shown.map((banner) => (
        <Alert
          key={banner.key}
          severity={banner.type}
          role={banner.type === 'error' ? 'alert' : 'status'}
          onClose={() => setShown(shown.filter(({ key }) => key !== banner.key))}
          sx={{ whiteSpace: 'pre-wrap' }}
        >
          {banner.type === 'success' && <strong>Success!</strong>} {banner.text}
        </Alert>
      ))}
    </Box>
  );
}

function useShownBanners(): [Shown[], (shown: Shown[]) => void] {
  const { notifications, takeNotification } = useNotificationContext();
  const translate = useTranslate();
  const { pathname, visit } = useVisit();
  const [shown, setShown] = useState<Shown[]>([]);
  const nextKey = useRef(0);

  useEffect(() => {
    const taken = takeNotification();
    if (!taken) return;
    nextKey.current += 1;
    const text = typeof taken.message === 'string' ? translate(taken.message, { _: taken.message }) : '';
    // A save tells of its success and goes to another page then; the banner belongs to that page too.
    const isLeaving: boolean = taken.notificationOptions?.['leaving'] === pathname;
    const banner: Shown = {
      key: nextKey.current,
      type: taken.type,
      text,
      lastVisit: isLeaving ? visit + 1 : visit,
    };
    setShown((before) => [...before.filter((other) => other.text !== text), banner]);
  }, [notifications, takeNotification, translate, pathname, visit]);

  return [shown.filter((banner) => banner.lastVisit >= visit), setShown];
}

/** Counts the pages that were opened since the frame was. */
function useVisit(): { pathname: string; visit: number } {
  const { pathname } = useLocation();
  const [place, setPlace] = useState({ pathname, visit: 0 });
  if (place.pathname !== pathname) setPlace({ pathname, visit: place.visit + 1 });
  return place;
}
