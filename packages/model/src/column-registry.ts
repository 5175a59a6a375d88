import type { Field } from '@tenon/fields/field';

/** Who writes a column: people (a declarative change), or the worker and the rules (a fact). */
export type Writer = 'people' | 'worker';

/** One column as its decorator described it. */
export interface ColumnInfo {
  field: Field;
  writer: Writer;
  /** The class that a reference points to. */
  target?: () => new () => object;
}

const columns = new WeakMap<object, Map<string, ColumnInfo>>();

/** Called by the column decorators. */
export function rememberColumn(owner: object, name: string, info: ColumnInfo): void {
  const own = columns.get(owner) ?? new Map<string, ColumnInfo>();
  own.set(name, info);
  columns.set(owner, own);
}

/** The columns of an entity class by property name, those of its base classes first. */
export function columnsOf(entity: object): Map<string, ColumnInfo> {
  const parent: unknown = Object.getPrototypeOf(entity);
  const inherited = typeof parent === 'function' ? columnsOf(parent) : [];
  return new Map([...inherited, ...(columns.get(entity) ?? [])]);
}
