import type { ChangeSet, EventSubscriber, FlushEventArgs } from '@mikro-orm/core';
import { ChangeSetType } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';

import { assertMay } from './assert-may.js';
import { columnsOf } from './column-registry.js';
import { Row } from './entities/row.js';
import { Synced } from './entities/synced.js';
import type { EntityDescription } from './entity-description.js';
import { ForbiddenError } from './errors.js';
import { markChanged } from './generation.js';
import { hint } from './hints.js';
import { objectKey } from './object-key.js';
import type { Action } from './policy.js';
import { principalOf } from './principal.js';
import type { UserPrincipal } from './principal.js';
import { isFact, refuseLockedFields, wantsDeletion } from './guarded-fields.js';
import { provenanceOf, settle } from './rules/provenance.js';

type Descriptions = ReadonlyMap<string, EntityDescription>;

/**
 * Checks every flush of a user against the policies, and counts the generation. SYSTEM passes unchecked and uncounted:
 * the worker writes facts, never what people wrote. `insert*`, `upsert*`, `native*` and raw queries pass by any guard
 * (measured with MikroORM 7.2.1), hence the lint rule against them.
 */
export function writeGuard(described: readonly EntityDescription[]): EventSubscriber {
  const descriptions: Descriptions = new Map(described.map((description) => [description.name, description]));
  return {
    async onFlush({ em, uow }: FlushEventArgs): Promise<void> {
      const sqlEm = requirePostgres(em);
      const who = principalOf(sqlEm);
      if (who.kind === 'system') return;
      for (const changeSet of uow.getChangeSets()) {
        const change = describeChange(changeSet, descriptions);
        if (provenanceOf(change.row) !== 'derived') await check(change, who, sqlEm);
        settle(change.row);
        if (isDeclarative(change)) {
          markChanged(change.row);
          uow.recomputeSingleChangeSet(change.row);
        }
      }
    },
    afterFlush({ em, uow }: FlushEventArgs): Promise<void> {
      for (const { entity } of uow.getChangeSets()) {
        const key = entity instanceof Row ? objectKey(entity) : null;
        if (key !== null) hint(em, key);
      }
      return Promise.resolve();
    },
  };
}

/** The types of MikroORM's events know only its base class. */
function requirePostgres(em: unknown): EntityManager {
  const isPostgres: boolean = em instanceof EntityManager;
  if (isPostgres) return em as EntityManager;
  throw new Error('cannot guard a flush of another driver than PostgreSQL');
}

interface Change {
  description: EntityDescription;
  row: Row;
  action: Action;
  /** The row itself leaves the database. */
  removes: boolean;
  /** Changed columns that people write. */
  declared: readonly string[];
  /** Changed columns that the worker and the rules write. */
  facts: readonly string[];
}

function describeChange(changeSet: ChangeSet<object>, descriptions: Descriptions): Change {
  const row = changeSet.entity;
  const description = descriptionOf(row.constructor, descriptions);
  if (description === undefined || !(row instanceof Row)) {
    throw new ForbiddenError(`cannot change a ${row.constructor.name}: only the system does that`);
  }
  const changed = changedColumns(changeSet);
  const columns = columnsOf(row.constructor);
  return {
    description,
    row,
    action: actionOf(changeSet, row, changed),
    removes: isRemoval(changeSet),
    declared: changed.filter((column) => !isFact(columns.get(column), column)),
    facts: changed.filter((column) => columns.get(column)?.writer === 'worker'),
  };
}

/** Of the class or the nearest base class: rows of a package that was removed have no class of their own. */
function descriptionOf(entity: unknown, descriptions: Descriptions): EntityDescription | undefined {
  if (typeof entity !== 'function') return undefined;
  return descriptions.get(entity.name) ?? descriptionOf(Object.getPrototypeOf(entity), descriptions);
}

/** The change set of a table-per-type entity holds the columns of its own table, those of its parents hang below it. */
function changedColumns(changeSet: ChangeSet<object>): string[] {
  const sets = [changeSet, ...(changeSet.tptChangeSets ?? [])];
  return [...new Set(sets.flatMap(({ payload }) => Object.keys(payload)))];
}

function actionOf(changeSet: ChangeSet<object>, row: Row, changed: readonly string[]): Action {
  if (changeSet.type === ChangeSetType.CREATE) return 'create';
  return isRemoval(changeSet) || wantsDeletion(row, changed) ? 'delete' : 'update';
}

function isRemoval({ type }: ChangeSet<object>): boolean {
  return type === ChangeSetType.DELETE || type === ChangeSetType.DELETE_EARLY;
}

/** Whether people's wishes for a stored row changed; that it shall go is one of them. */
function isDeclarative({ action, removes, declared }: Change): boolean {
  return action === 'update' ? declared.length > 0 : action === 'delete' && !removes;
}

async function check(change: Change, user: UserPrincipal, em: EntityManager): Promise<void> {
  await assertMay(em, change);
  refuseLockedFields(change, user);
  refuseUnruled(change);
}

/** A flush that bypassed write.ts would store a slice without networks, or drop a row whose machine still runs. */
function refuseUnruled({ description, row, action, removes }: Change): void {
  const rules = description.rules ?? {};
  const needsRules =
    (action === 'create' && rules.creating !== undefined) ||
    (action === 'update' && rules.updating !== undefined) ||
    (action === 'delete' && rules.deleting !== undefined);
  const skipsWorker = removes && row instanceof Synced;
  if (!skipsWorker && !(needsRules && provenanceOf(row) !== 'ruled')) return;
  throw new Error(
    `cannot ${action} a ${description.label}: its rules did not see it; use ${action}Row of write.ts`,
  );
}
