import { useEffect, useState } from 'react';
import { Tooltip } from '@mui/material';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How far away a point in time is, in words: "2 minutes ago", "in 5 seconds". */
export function fromNow(then: number, now: number): string {
  const distance = then - now;
  const [size, unit] = UNITS.find(([unitMs]) => Math.abs(distance) >= unitMs) ?? [SECOND, 'second'];
  return relative.format(Math.round(distance / size), unit);
}

/** A point in time as people say it, with the exact time as its tooltip; it grows older on the page by itself. */
export function Moment({ value }: { value: string }) {
  const [now, setNow] = useState(() => Date.now());
  const then = new Date(value).getTime();
  const isRecent = Math.abs(then - now) < 2 * MINUTE;

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), isRecent ? SECOND : MINUTE);
    return () => clearInterval(timer);
  }, [isRecent]);

  if (Number.isNaN(then)) return null;
  return (
    <Tooltip title={new Date(then).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}>
      <time dateTime={value}>{fromNow(then, now)}</time>
    </Tooltip>
  );
}
