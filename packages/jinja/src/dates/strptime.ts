import { escapeRegExp } from '../escape-regexp.js';
import { OperandError } from '../errors.js';
import type { Calendar } from './strftime.js';

type Fields = { -readonly [K in keyof Calendar]: Calendar[K] };

const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Directive {
  readonly pattern: string;
  readonly read?: (text: string, fields: Fields) => void;
}

const number = (pattern: string, field: Exclude<keyof Calendar, 'offset' | 'isUtc'>): Directive => ({
  pattern,
  read: (text, fields) => {
    fields[field] = Number(text);
  },
});

const monthName: Directive = {
  pattern: '[A-Za-z]+',
  read: (text, fields) => {
    fields.month = MONTH_NAMES.indexOf(text.slice(0, 3).toLowerCase()) + 1;
  },
};

const directives: Partial<Record<string, Directive>> = {
  '%': { pattern: '%' },
  a: { pattern: '[A-Za-z]+' },
  A: { pattern: '[A-Za-z]+' },
  b: monthName,
  B: monthName,
  d: number('\\d{1,2}', 'day'),
  f: {
    pattern: '\\d{1,6}',
    read: (text, fields) => {
      fields.microsecond = Number(text.padEnd(6, '0'));
    },
  },
  H: number('\\d{1,2}', 'hour'),
  I: number('\\d{1,2}', 'hour'),
  m: number('\\d{1,2}', 'month'),
  M: number('\\d{1,2}', 'minute'),
  p: {
    pattern: '[AaPp][Mm]',
    read: (text, fields) => {
      fields.hour = (fields.hour % 12) + (text.toLowerCase() === 'pm' ? 12 : 0);
    },
  },
  S: number('\\d{1,2}', 'second'),
  y: {
    pattern: '\\d{2}',
    read: (text, fields) => {
      fields.year = Number(text) + (Number(text) < 69 ? 2000 : 1900);
    },
  },
  Y: number('\\d{4}', 'year'),
  z: {
    pattern: 'Z|[-+]\\d\\d:?\\d\\d',
    read: (text, fields) => {
      const size = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
      fields.offset = text === 'Z' ? 0 : size * (text.startsWith('-') ? -1 : 1);
    },
  },
  Z: { pattern: 'UTC|GMT|[A-Z]*' },
};

function assertCalendar(fields: Calendar, text: string): void {
  const date = new Date(
    Date.UTC(fields.year, fields.month - 1, fields.day, fields.hour, fields.minute, fields.second),
  );
  const isReal =
    date.getUTCMonth() === fields.month - 1 &&
    date.getUTCDate() === fields.day &&
    date.getUTCHours() === fields.hour;
  if (!isReal) throw new OperandError(`'${text}' is no date of the calendar`);
}

const EXPANDED: Partial<Record<string, string>> = { F: '%Y-%m-%d', T: '%H:%M:%S', D: '%m/%d/%y', R: '%H:%M' };

/** Python's `datetime.strptime`. Throws OperandError when the text does not have the format. */
export function strptime(text: string, given: string): Calendar {
  const format = given.replace(/%([FTDR])/g, (whole, name: string) => EXPANDED[name] ?? whole);
  const readers: Directive[] = [];
  const pattern = format.split(/(%[a-zA-Z%]|\s+)/).map((part) => {
    if (/^\s+$/.test(part)) return '\\s+';
    const directive = part.startsWith('%') ? directives[part.slice(1)] : undefined;
    if (directive === undefined) return escapeRegExp(part);
    readers.push(directive);
    return `(${directive.pattern})`;
  });
  const found = new RegExp(`^${pattern.join('')}$`, 'i').exec(text);
  if (found === null)
    throw new OperandError(
      `time data '${text}' does not match format '${given}'`,
      'give the format of the text',
    );
  const fields: Fields = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 };
  const parts = readers.map((directive, index) => ({ directive, part: found[index + 1] ?? '' }));
  // AM and PM change an hour that must have been read before.
  const inOrder = [
    ...parts.filter(({ directive }) => directive !== directives.p),
    ...parts.filter(({ directive }) => directive === directives.p),
  ];
  for (const { directive, part } of inOrder) directive.read?.(part, fields);
  assertCalendar(fields, text);
  return fields;
}
