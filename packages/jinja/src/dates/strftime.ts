/** A moment as its calendar fields, in whatever zone it was read. */
export interface Calendar {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Minutes east of Greenwich; undefined for a date without a zone. */
  readonly offset?: number | undefined;
  /** UTC was asked for, it is not just the local zone. */
  readonly isUtc?: boolean;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY_MS = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');
const utc = (date: Calendar): number => Date.UTC(date.year, date.month - 1, date.day);
const weekday = (date: Calendar): number => new Date(utc(date)).getUTCDay();
const dayOfYear = (date: Calendar): number =>
  Math.round((utc(date) - Date.UTC(date.year, 0, 1)) / DAY_MS) + 1;
const weekOfYear = (date: Calendar, first: number): number =>
  Math.floor((dayOfYear(date) + 6 - ((weekday(date) - first + 7) % 7)) / 7);

/** The ISO year and week: of the Thursday in the same week. */
function isoWeek(date: Calendar): [number, number] {
  const thursday = new Date(utc(date) + (3 - ((weekday(date) + 6) % 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  return [year, Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1];
}

function zone(date: Calendar): string {
  if (date.offset === undefined) return '';
  const size = Math.abs(date.offset);
  return `${date.offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** Seconds since 1970. A date without a zone is taken for local time, as Python does. */
export function epochSeconds(date: Calendar): number {
  const { year, month, day, hour, minute, second, offset } = date;
  if (offset === undefined) return new Date(year, month - 1, day, hour, minute, second).getTime() / 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - offset * 60;
}

const directives: Partial<Record<string, (date: Calendar) => string>> = {
  '%': () => '%',
  a: (date) => (DAYS[weekday(date)] ?? '').slice(0, 3),
  A: (date) => DAYS[weekday(date)] ?? '',
  b: (date) => (MONTHS[date.month - 1] ?? '').slice(0, 3),
  B: (date) => MONTHS[date.month - 1] ?? '',
  c: (date) => strftime('%a %b %e %H:%M:%S %Y', date),
  C: (date) => two(Math.floor(date.year / 100)),
  d: (date) => two(date.day),
  D: (date) => strftime('%m/%d/%y', date),
  e: (date) => String(date.day).padStart(2, ' '),
  f: (date) => String(date.microsecond).padStart(6, '0'),
  F: (date) => strftime('%Y-%m-%d', date),
  G: (date) => String(isoWeek(date)[0]),
  h: (date) => strftime('%b', date),
  H: (date) => two(date.hour),
  k: (date) => String(date.hour).padStart(2, ' '),
  l: (date) => String(date.hour % 12 === 0 ? 12 : date.hour % 12).padStart(2, ' '),
  I: (date) => two(date.hour % 12 === 0 ? 12 : date.hour % 12),
  j: (date) => String(dayOfYear(date)).padStart(3, '0'),
  m: (date) => two(date.month),
  M: (date) => two(date.minute),
  n: () => '\n',
  p: (date) => (date.hour < 12 ? 'AM' : 'PM'),
  R: (date) => strftime('%H:%M', date),
  s: (date) => String(epochSeconds(date)),
  S: (date) => two(date.second),
  t: () => '\t',
  T: (date) => strftime('%H:%M:%S', date),
  u: (date) => String(weekday(date) === 0 ? 7 : weekday(date)),
  U: (date) => two(weekOfYear(date, 0)),
  V: (date) => two(isoWeek(date)[1]),
  w: (date) => String(weekday(date)),
  W: (date) => two(weekOfYear(date, 1)),
  x: (date) => strftime('%m/%d/%y', date),
  X: (date) => strftime('%H:%M:%S', date),
  y: (date) => two(date.year % 100),
  Y: (date) => String(date.year),
  z: zone,
  Z: zoneName,
};

/** The flags of the GNU C library: no padding, blanks, zeros, upper case, the other case. */
function flagged(text: string, flag: string, width: number): string {
  const bare = text.replace(/^[0 ]+(?=\d)/, '');
  const isNumber = /^\d+$/.test(bare);
  if (flag === '-') return bare;
  if (flag === '^') return text.toUpperCase();
  if (flag === '#') return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
  if (flag === '_' && isNumber) return bare.padStart(Math.max(text.length, width), ' ');
  return isNumber && (flag === '0' || width > 0) ? bare.padStart(Math.max(text.length, width), '0') : text;
}

/** The GNU C library calls UTC `GMT` when it was asked for, and by the zone's name when it is the local one. */
function zoneName(date: Calendar): string {
  if (date.isUtc === true) return 'GMT';
  return date.offset === 0 ? 'UTC' : zone(date);
}

/** C's `strftime` in the C locale; an unknown directive stays as it is written. */
export function strftime(format: string, date: Calendar): string {
  return format.replace(
    /%([-_0^#]?)(\d*)([a-zA-Z%])/g,
    (whole, flag: string, width: string, name: string) => {
      const text = directives[name]?.(date);
      return text === undefined ? whole : flagged(text, flag, Number(width));
    },
  );
}

/** The calendar of a JavaScript date, in UTC or in the local zone. */
export function calendarOf(date: Date, isUtc: boolean): Calendar {
  const offset = isUtc ? 0 : -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + offset * 60_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    microsecond: shifted.getUTCMilliseconds() * 1000,
    offset,
    isUtc,
  };
}
