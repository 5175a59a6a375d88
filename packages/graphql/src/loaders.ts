import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import type { Row } from '@tenon/model/entities/row';
import DataLoader from 'dataloader';

type RowClass = new () => Row;

/** Loads related rows under the asker's policies, one statement for all rows that one request asks for. */
export interface Loaders {
  /** The row of that id, or null when there is none that the asker may see. */
  one<T extends Row>(entity: new () => T, id: number): Promise<T | null>;
  /** The rows whose `property` refers to that id, by id. */
  children<T extends Row>(entity: new () => T, property: string, id: number): Promise<T[]>;
}

/** Loaders that read through this entity manager, whose filters decide what is seen, and remember what they read. */
export function createLoaders(em: EntityManager): Loaders {
  const byId = new Map<RowClass, DataLoader<number, Row | null>>();
  const byParent = new Map<RowClass, Map<string, DataLoader<number, Row[]>>>();
  return {
    async one<T extends Row>(entity: new () => T, id: number) {
      const loader = getOrAdd(byId, entity, () => new DataLoader((ids) => loadByIds(em, entity, ids)));
      return (await loader.load(id)) as T | null;
    },
    async children<T extends Row>(entity: new () => T, property: string, id: number) {
      const loaders = getOrAdd(byParent, entity, () => new Map<string, DataLoader<number, Row[]>>());
      const loader = getOrAdd(
        loaders,
        property,
        () => new DataLoader((ids) => loadByParents(em, { entity, property, ids })),
      );
      return (await loader.load(id)) as T[];
    },
  };
}

async function loadByIds<T extends Row>(
  em: EntityManager,
  entity: new () => T,
  ids: readonly number[],
): Promise<(T | null)[]> {
  const where: FilterQuery<Row> = { id: { $in: [...ids] } };
  const rows = await em.find<T>(entity, where as FilterQuery<T>);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}

async function loadByParents<T extends Row>(
  em: EntityManager,
  query: { entity: new () => T; property: string; ids: readonly number[] },
): Promise<T[][]> {
  const { entity, property, ids } = query;
  const where = { [property]: { $in: [...ids] } };
  const rows = await em.find<T>(entity, where as FilterQuery<T>);
  const byParent = new Map<number, T[]>(ids.map((id) => [id, []]));
  for (const row of rows.sort((a, b) => a.id - b.id)) byParent.get(referredId(row, property) ?? 0)?.push(row);
  return ids.map((id) => byParent.get(id) ?? []);
}

/** The id that a reference holds, whether or not the row behind it was read. */
export function referredId(row: object, property: string): number | null {
  const referred: unknown = Reflect.get(row, property);
  return typeof referred === 'object' && referred !== null ? (Reflect.get(referred, 'id') as number) : null;
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const made = make();
  map.set(key, made);
  return made;
}
