import { OperandError } from '../errors.js';
import { characters, integer, number } from '../python/convert.js';
import { bind, required } from '../signature.js';
import { HostObject, PyFloat, PyFunction, Tuple, type Value } from '../values.js';
import { epochSeconds, strftime, type Calendar } from './strftime.js';

/** A difference of two moments (Python's `timedelta`). */
class Duration extends HostObject {
  readonly typeName = 'timedelta';

  constructor(private readonly seconds: number) {
    super();
  }

  override attribute(name: string): Value | undefined {
    const days = Math.floor(this.seconds / 86_400);
    if (name === 'days') return days;
    if (name === 'seconds') return Math.floor(this.seconds - days * 86_400);
    if (name === 'microseconds') return Math.round((this.seconds - Math.floor(this.seconds)) * 1e6);
    return name === 'total_seconds' ? new PyFunction(name, () => new PyFloat(this.seconds)) : undefined;
  }

  override order(other: Value): number | undefined {
    return other instanceof Duration ? this.seconds - other.seconds : undefined;
  }

  override operate(operator: string, other: Value): Value | undefined {
    if (!(other instanceof Duration)) return undefined;
    if (operator === '+') return new Duration(this.seconds + other.seconds);
    return operator === '-' ? new Duration(this.seconds - other.seconds) : undefined;
  }

  override repr(): string {
    const days = Math.floor(this.seconds / 86_400);
    const seconds = Math.floor(this.seconds - days * 86_400);
    const parts = [...(days === 0 ? [] : [`days=${days}`]), ...(seconds === 0 ? [] : [`seconds=${seconds}`])];
    return `datetime.timedelta(${parts.join(', ') || '0'})`;
  }

  override text(): string {
    const days = Math.floor(this.seconds / 86_400);
    const rest = Math.floor(this.seconds - days * 86_400);
    const [hours, minutes, seconds] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
    const time = `${hours}:${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`;
    return days === 0 ? time : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${time}`;
  }
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

/** A moment as a template sees it (Python's `datetime`). */
export class DateTime extends HostObject {
  readonly typeName = 'datetime';

  constructor(private readonly calendar: Calendar) {
    super();
  }

  private get seconds(): number {
    // Two dates without a zone are compared as they are written, whatever the clocks did between them.
    const { offset = 0, microsecond } = this.calendar;
    return epochSeconds({ ...this.calendar, offset }) + microsecond / 1e6;
  }

  override attribute(name: string): Value | undefined {
    const field = FIELDS.find((each) => each === name);
    if (field !== undefined) return this.calendar[field];
    if (name === 'replace') return new PyFunction(name, ({ named }) => this.replaced(named));
    const method = methods[name];
    return method && new PyFunction(name, (args) => method(this.calendar, bind(['format'], args)[0]));
  }

  override operate(operator: string, other: Value): Value | undefined {
    return operator === '-' && other instanceof DateTime
      ? new Duration(this.seconds - other.seconds)
      : undefined;
  }

  override order(other: Value): number | undefined {
    return other instanceof DateTime ? this.seconds - other.seconds : undefined;
  }

  override text(): string {
    return isoText(this.calendar, ' ');
  }

  override repr(): string {
    const { year, month, day, hour, minute, second, microsecond } = this.calendar;
    const tail = microsecond > 0 ? [second, microsecond] : second > 0 ? [second] : [];
    return `datetime.datetime(${[year, month, day, hour, minute, ...tail].join(', ')})`;
  }

  /** A moment with other fields. Throws OperandError for what is no date. */
  replaced(named: ReadonlyMap<string, Value>): DateTime {
    const changed = Object.fromEntries([...named].map(([name, value]) => [name, integer(value)]));
    const calendar = { ...this.calendar, ...changed };
    const days = new Date(Date.UTC(calendar.year, calendar.month, 0)).getUTCDate();
    if (calendar.day < 1 || calendar.day > days) throw new OperandError('day is out of range for month');
    return new DateTime(calendar);
  }
}

function isoText(calendar: Calendar, separator: string): string {
  const micro = calendar.microsecond === 0 ? '' : '.%f';
  const zone = strftime('%z', calendar).replace(/(\d\d)$/, ':$1');
  return strftime(`%Y-%m-%d${separator}%H:%M:%S${micro}`, calendar) + zone;
}

const methods: Partial<Record<string, (calendar: Calendar, argument: Value | undefined) => Value>> = {
  date: (calendar) => strftime('%Y-%m-%d', calendar),
  isoformat: (calendar) => isoText(calendar, 'T'),
  isoweekday: (calendar) => Number(strftime('%u', calendar)),
  strftime: (calendar, format) => strftime(characters(required(format, 'format')), calendar),
  time: (calendar) => strftime('%H:%M:%S', calendar),
  timetuple: (calendar) => {
    const { year, month, day, hour, minute, second } = calendar;
    const weekday = (Number(strftime('%w', calendar)) + 6) % 7;
    return new Tuple([year, month, day, hour, minute, second, weekday, Number(strftime('%j', calendar)), -1]);
  },
  timestamp: (calendar) => new PyFloat(epochSeconds(calendar) + calendar.microsecond / 1e6),
  weekday: (calendar) => (Number(strftime('%w', calendar)) + 6) % 7,
};

/** A number of seconds since 1970 out of a template's value; now when there is none. */
export function momentOf(value: Value | undefined): Date {
  if (value === undefined || value === null) return new Date();
  const moment = new Date(number(value) * 1000);
  if (Number.isNaN(moment.getTime()))
    throw new OperandError('timestamp out of range for platform time_t', 'give seconds since 1970');
  return moment;
}
