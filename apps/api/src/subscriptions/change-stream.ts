import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntityDescription } from '@tenon/model/entity-description';
import type { UserPrincipal } from '@tenon/model/principal';

import type { Change } from './change.js';
import { ChangeOperation } from './change.js';
import type { ChangeFeed, TableChange } from './change-feed.js';
import type { Mailbox } from './mailbox.js';
import { createMailbox } from './mailbox.js';
import { decidesVisibility } from './tables.js';

/** What one subscription to changes needs. */
export interface ChangeStreamOptions {
  feed: ChangeFeed;
  /** The types subscribed to. */
  descriptions: readonly EntityDescription[];
  /** All types that have a part of their rows in a table, by its name. */
  types: ReadonlyMap<string, readonly EntityDescription[]>;
  /** Who subscribes. */
  asker: UserPrincipal;
  /** A new entity manager under the subscriber's policies of this moment. */
  fork: () => EntityManager;
}

/**
 * The changes of rows that a subscriber may see. Each row is read anew under his policies before anything is sent. The
 * stream remembers which rows he could see, so that the end of a row reaches those who could see it, and nobody else.
 */
export async function changeStream(options: ChangeStreamOptions): Promise<AsyncIterableIterator<Change>> {
  const known = new Map<string, Set<number>>();
  const touched = new Map<EntityDescription, Set<number>>();
  let look: 'at everything' | 'at visibility' | 'at touched' = 'at touched';
  // What came while the first look was on: a row that was born then is news, though the look may have seen it.
  const early: TableChange[] = [];
  let isReady = false;
  let isBusy = false;
  const isEmpty = () => touched.size === 0 && look === 'at touched';

  const drain = async (): Promise<void> => {
    if (isBusy || !isReady) return;
    isBusy = true;
    while (!isEmpty()) {
      const whole = look;
      look = 'at touched';
      const batch = whole === 'at touched' ? [...touched] : [];
      if (batch.length > 0) touched.clear();
      for (const [description, ids] of batch) await lookAt(options, { description, ids, known, mailbox });
      if (whole !== 'at touched')
        await lookAtAll(options, { known, mailbox, withUpdates: whole === 'at everything' });
    }
    isBusy = false;
  };
  const wake = (): void => void drain().catch((error: unknown) => mailbox.fail(error));

  const stop = options.feed.listen({
    changed(changes) {
      if (!isReady) early.push(...changes);
      touch(options, changes, touched);
      if (look === 'at touched' && changes.some(decidesVisibility)) look = 'at visibility';
      wake();
    },
    resynchronize() {
      look = 'at everything';
      wake();
    },
  });
  const mailbox = createMailbox<Change>(stop);
  try {
    for (const description of options.descriptions) {
      known.set(description.name, new Set((await visibleRows(options.fork(), description)).keys()));
    }
  } catch (error) {
    stop();
    throw error;
  }
  for (const { table, id, op } of early) {
    if (op === 'INSERT') for (const { name } of options.types.get(table) ?? []) known.get(name)?.delete(id);
  }
  // A privilege that came in between may be in some of the first looks and not in others.
  if (early.some(decidesVisibility)) look = 'at everything';
  isReady = true;
  wake();
  return mailbox;
}

function touch(
  { types, descriptions }: ChangeStreamOptions,
  changes: readonly TableChange[],
  touched: Map<EntityDescription, Set<number>>,
): void {
  for (const { table, id } of changes) {
    for (const description of types.get(table) ?? []) {
      if (!descriptions.includes(description)) continue;
      const ids = touched.get(description) ?? new Set();
      touched.set(description, ids.add(id));
    }
  }
}

interface Look {
  description: EntityDescription;
  ids: ReadonlySet<number>;
  /** By type, the rows that the subscriber could see when they were last looked at. */
  known: Map<string, Set<number>>;
  mailbox: Mailbox<Change>;
}

/** Reads rows that changed, and tells what the subscriber sees of it. */
async function lookAt(
  options: ChangeStreamOptions,
  { description, ids, known, mailbox }: Look,
): Promise<void> {
  const visible = await visibleRows(options.fork(), description, ids);
  const before = known.get(description.name) ?? new Set();
  for (const id of ids) {
    const change = changeOf(before, visible, id);
    if (change !== null) mailbox.put({ type: description.name, ...change });
  }
}

/** Reads all rows, and tells what came and went; with updates also that every other row may be different. */
async function lookAtAll(
  options: ChangeStreamOptions,
  { known, mailbox, withUpdates }: Pick<Look, 'known' | 'mailbox'> & { withUpdates: boolean },
): Promise<void> {
  for (const description of options.descriptions) {
    // Of a type that he sees all of, no privilege shows or hides anything.
    if (!withUpdates && description.policy.see(options.asker) === 'all') continue;
    const visible = await visibleRows(options.fork(), description);
    const before = known.get(description.name) ?? new Set();
    for (const id of new Set([...before, ...visible.keys()])) {
      if (!withUpdates && before.has(id) && visible.has(id)) continue;
      const change = changeOf(before, visible, id);
      if (change !== null) mailbox.put({ type: description.name, ...change });
    }
  }
}

/** What happened to a row as the subscriber sees it; null when he sees nothing of it. Updates `before`. */
function changeOf(
  before: Set<number>,
  visible: ReadonlyMap<number, number>,
  id: number,
): Omit<Change, 'type'> | null {
  const generation = visible.get(id);
  const wasKnown = before.has(id);
  if (generation === undefined) {
    before.delete(id);
    return wasKnown ? { id, generation: 0, op: ChangeOperation.DELETED } : null;
  }
  before.add(id);
  return { id, generation, op: wasKnown ? ChangeOperation.UPDATED : ChangeOperation.CREATED };
}

/** The generations of the rows that may be seen, by id; of these ids only, or of all. */
async function visibleRows(
  em: EntityManager,
  { entity }: EntityDescription,
  ids?: ReadonlySet<number>,
): Promise<Map<number, number>> {
  const query = em.createQueryBuilder(entity, 'row').select(['id', 'generation']);
  if (ids !== undefined) query.where({ id: { $in: [...ids] } });
  // A query builder adds no filters by itself: without this line everybody would see every row.
  await query.applyFilters();
  const rows = await query.execute<{ id: number; generation: number }[]>('all');
  return new Map(rows.map(({ id, generation }) => [id, generation]));
}
