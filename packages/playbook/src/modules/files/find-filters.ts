import { plain, type Str } from '@tenon/jinja/text';
import { ModuleError } from '../module.js';
import { matchesAtStart, matchesShellPattern } from './name-pattern.js';

/** One entry that `find` has printed. */
export interface FoundEntry {
  readonly path: string;
  /** As find's %y: f, d, l … */
  readonly kind: string;
  readonly size: number;
  /** In seconds since the epoch. */
  readonly times: { readonly atime: number; readonly mtime: number; readonly ctime: number };
  /** As statFacts reads it. */
  readonly line: string;
  /** Below the folder that is searched; 1 is in it. */
  readonly depth: number;
}

export interface FindArguments {
  readonly patterns: readonly Str[];
  readonly excludes: readonly Str[] | undefined;
  readonly use_regex: boolean;
  readonly hidden: boolean;
  readonly file_type: Str;
  readonly age: Str | undefined;
  readonly age_stamp: Str;
  readonly size: Str | undefined;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const BYTES: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** `-1w`, `10k`: a negative number means "at most". Throws ModuleError. */
function readAmount(text: Str, units: Readonly<Record<string, number>>, what: string): number {
  const [, digits, unit = ''] = /^(-?\d+)([a-z])?$/.exec(plain(text).toLowerCase()) ?? [];
  const factor = unit === '' ? 1 : units[unit];
  if (digits === undefined || factor === undefined) throw new ModuleError(`failed to process ${what}`);
  return Number(digits) * factor;
}

function atLeast(limit: number | undefined, value: number): boolean {
  if (limit === undefined) return true;
  return limit >= 0 && !Object.is(limit, -0) ? value >= limit : value <= Math.abs(limit);
}

const KINDS: Readonly<Record<string, string>> = { file: 'f', directory: 'd', link: 'l' };

/** Whether an entry is one that is looked for, by all but its content. `now` is the machine's clock, in seconds. */
export function findFilter(args: FindArguments): (entry: FoundEntry, now: number) => boolean {
  const matcher = args.use_regex ? matchesAtStart : matchesShellPattern;
  const all = args.patterns.length === 0;
  const patterns = args.patterns.map(matcher);
  const excludes = (args.excludes ?? []).map(matcher);
  const age = args.age === undefined ? undefined : readAmount(args.age, SECONDS, 'age');
  const size = args.size === undefined ? undefined : readAmount(args.size, BYTES, 'size');
  const kind = KINDS[plain(args.file_type)];
  const stamp = plain(args.age_stamp) as keyof FoundEntry['times'];
  return (entry, now) => {
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
    if (name.startsWith('.') && !args.hidden) return false;
    if (kind !== undefined && entry.kind !== kind) return false;
    if (!(all || patterns.some((matches) => matches(name)))) return false;
    if (excludes.some((matches) => matches(name))) return false;
    if (!atLeast(age, now - entry.times[stamp])) return false;
    return entry.kind !== 'f' || atLeast(size, entry.size);
  };
}
