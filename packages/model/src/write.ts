import type { EntityManager } from '@mikro-orm/postgresql';

import { assertMay, assertMayCreate } from './assert-may.js';
import { columnsOf } from './column-registry.js';
import { translateConstraint } from './constraint-errors.js';
import type { Row } from './entities/row.js';
import { Synced } from './entities/synced.js';
import type { EntityDescription } from './entity-description.js';
import { ConflictError, NotFoundError } from './errors.js';
import { clearLastTry } from './generation.js';
import { collectHints, hint } from './hints.js';
import { newRow } from './new-row.js';
import { objectKey } from './object-key.js';
import { principalOf } from './principal.js';
import { markRuled } from './rules/provenance.js';

/** A row that was written, and the keys of the objects that the worker should look at after the commit. */
export interface Written<T> {
  row: T;
  hints: readonly string[];
}

/** Puts a form's values into the row; throws InputError when they are wrong. */
export type Fill<T> = (row: T, em: EntityManager) => Promise<void> | void;

/**
 * Makes a row in one transaction: values, model policies, guard, flush. Throws InputError (also for a duplicate) and
 * ForbiddenError; then nothing is stored. Inside another transaction it is a part of that one.
 */
export async function createRow<T extends Row>(
  em: EntityManager,
  description: EntityDescription<T>,
  fill: Fill<T>,
): Promise<Written<T>> {
  return inTransaction(em, description, async (tx) => {
    const row = newRow<T>(description.entity, {});
    await assertMayCreate(tx, { description, row, action: 'create' });
    await fill(row, tx);
    await description.rules?.creating?.(tx, row, principalOf(tx));
    markRuled(row);
    tx.persist(row);
    return row;
  });
}

/** Which row to update, how, and what the editor believes its generation to be. */
export interface Update<T> {
  id: number;
  /** When given and not the row's, the edit is refused: somebody else changed the row since. */
  expectedGeneration?: number | null;
  fill: Fill<T>;
}

/**
 * Changes a row in one transaction, which holds the row's lock from its start: two edits never overlap. An edit that
 * changes nothing is "sync now". Throws NotFoundError (also for what may not be seen), ConflictError (stale
 * `expectedGeneration`, or being deleted), InputError and ForbiddenError; then nothing is stored.
 */
export async function updateRow<T extends Row>(
  em: EntityManager,
  description: EntityDescription<T>,
  { id, expectedGeneration, fill }: Update<T>,
): Promise<Written<T>> {
  return inTransaction(em, description, async (tx) => {
    const row = await lockRow(tx, description, id);
    await assertMay(tx, { description, row, action: 'update' });
    refuseStale(description, row, expectedGeneration ?? row.generation);
    if (row instanceof Synced && row.deletingSince !== null) {
      throw new ConflictError(`cannot update ${description.label} ${row.label}: it is being deleted`);
    }
    const old = valuesOf(row);
    await fill(row, tx);
    const before = Object.fromEntries(
      Object.entries(old).filter(([name, value]) => value !== Reflect.get(row, name)),
    );
    if (Object.keys(before).length === 0) return requestSync(tx, row);
    await description.rules?.updating?.(tx, row, principalOf(tx), before as Partial<T>);
    markRuled(row);
    return row;
  });
}

/**
 * Deletes a row; a synchronized one is marked, and goes when the worker has taken down what it stands for. Throws
 * NotFoundError, ConflictError (others need it) and ForbiddenError. Deleting what is being deleted is no error.
 */
export async function deleteRow<T extends Row>(
  em: EntityManager,
  description: EntityDescription<T>,
  id: number,
): Promise<Written<T>> {
  return inTransaction(em, description, async (tx) => {
    const row = await lockRow(tx, description, id);
    // Before the rules: their refusals name objects that others may not know of.
    await assertMay(tx, { description, row, action: 'delete' });
    await description.rules?.deleting?.(tx, row, principalOf(tx));
    markRuled(row);
    if (row instanceof Synced) markDeleting(row);
    else tx.remove(row);
    return row;
  });
}

/** Makes the worker apply a row again, now, whatever it knows of it. Throws NotFoundError and ForbiddenError. */
export async function syncNow<T extends Row>(
  em: EntityManager,
  description: EntityDescription<T>,
  id: number,
): Promise<Written<T>> {
  return inTransaction(em, description, async (tx) => {
    const row = await lockRow(tx, description, id);
    await assertMay(tx, { description, row, action: 'update' });
    return requestSync(tx, row);
  });
}

/** Labels of what deleting the row destroys besides itself. Throws NotFoundError and ForbiddenError. */
export async function deletionImpact<T extends Row>(
  em: EntityManager,
  description: EntityDescription<T>,
  id: number,
): Promise<string[]> {
  const row = await findRow(em, description, id);
  await assertMay(em, { description, row, action: 'delete' });
  return (await description.rules?.impact?.(em, row)) ?? [];
}

async function inTransaction<T extends Row>(
  em: EntityManager,
  description: EntityDescription<T>,
  work: (tx: EntityManager) => Promise<T>,
): Promise<Written<T>> {
  try {
    return await em.transactional(async (tx) => {
      const hints = collectHints(tx);
      const row = await work(tx);
      await tx.flush();
      // What the database computes (state, generation, times) is old in memory now.
      if (tx.getUnitOfWork().getById<Row>(description.entity, row.id)) await tx.refresh(row);
      return { row, hints: [...hints] };
    });
  } catch (error) {
    throw translateConstraint(error, description);
  }
}

/** The lock comes first and on the root table alone: PostgreSQL locks no outer join, which loading a base class makes. */
async function lockRow<T extends Row>(
  tx: EntityManager,
  description: EntityDescription<T>,
  id: number,
): Promise<T> {
  const table = tx.getMetadata().get<Row>(description.entity).root.tableName;
  await tx.execute(`select 1 from "${table}" where id = ? for update`, [id]);
  return findRow(tx, description, id);
}

async function findRow<T extends Row>(
  em: EntityManager,
  description: EntityDescription<T>,
  id: number,
): Promise<T> {
  // By find: findOne would serve a row that is in the identity map already, filtered or not.
  const [row] = await em.find<Row>(description.entity, { id }, { refresh: true });
  if (row === undefined) {
    throw new NotFoundError(`cannot find ${description.label} ${id}: there is none that you may see`);
  }
  return row as T;
}

function refuseStale(description: EntityDescription, row: Row, expected: number): void {
  if (row.generation === expected) return;
  throw new ConflictError(
    `cannot update ${description.label} ${row.label}: somebody changed it since you loaded it ` +
      `(you have version ${expected}, it is at ${row.generation}); reload and try again`,
  );
}

/** Paused rows are taken down too: disabling a service must not keep its tenants from being deleted. */
function markDeleting(row: Synced): void {
  row.deletingSince ??= new Date();
  row.pausedReason = null;
}

/** No declarative change, so no generation: the worker is made to believe that it never applied the row. */
function requestSync<T extends Row>(tx: EntityManager, row: T): T {
  clearLastTry(row);
  markRuled(row);
  const key = objectKey(row);
  if (row instanceof Synced) row.enactedInputs = null;
  if (key !== null) hint(tx, key);
  return row;
}

function valuesOf(row: Row): Record<string, unknown> {
  const people = [...columnsOf(row.constructor)].filter(([, { writer }]) => writer === 'people');
  return Object.fromEntries(people.map(([name]) => [name, Reflect.get(row, name)]));
}
