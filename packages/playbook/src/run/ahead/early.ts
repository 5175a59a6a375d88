import type { Value } from '@tenon/jinja/values';
import type { Variables } from '../../vars/layered-scope.js';
import type { Turn } from './turn.js';

/** What a task that is begun ahead knows of those in front of it. */
export interface Early {
  /** What they may still set. */
  readonly pending: ReadonlySet<string>;
  /** What they have set, although it is nobody's yet. */
  readonly known: ReadonlyMap<string, Value>;
}

/** Variables that show what all tasks have set. */
const OVERVIEWS = new Set(['hostvars', 'vars']);

/** The level of set_fact and register as a task sees it that is begun ahead: asking for what is pending makes it wait. */
export function earlyVariables({ pending, known }: Early, turn: Turn): Variables {
  return {
    get(name) {
      if (turn.isFront) return undefined;
      if (pending.has(name)) turn.wait();
      return known.get(name);
    },
    keys: () => (turn.isFront ? [] : known.keys()),
  };
}

/** Stands before all levels: an overview would lack what is pending. */
export function overviews(turn: Turn): Variables {
  return {
    get(name) {
      if (OVERVIEWS.has(name)) turn.wait();
      return undefined;
    },
    keys: () => [],
  };
}
