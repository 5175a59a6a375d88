/** An object that another one points to, as the API gives it. */
export interface Reference {
  id: number;
  label: string;
}

/** What the API may say about a record, beside the fields of its kind. */
export interface TenonRecord extends Reference {
  generation: number;
  can?: { update: boolean; delete: boolean } | null;
  [field: string]: unknown;
}

/** The text in a field of a record, '' when there is none. */
export function textOf(record: TenonRecord | undefined, field: string): string {
  const value = record?.[field];
  return typeof value === 'string' ? value : '';
}

/** The number in a field of a record, or null. */
export function numberOf(record: TenonRecord | undefined, field: string): number | null {
  const value = record?.[field];
  return typeof value === 'number' ? value : null;
}

/** The object that a field of a record points to; null when there is none or when it may not be seen. */
export function referenceOf(record: TenonRecord | undefined, field: string): Reference | null {
  const value = record?.[field];
  return isReference(value) ? value : null;
}

/** The rows of a record's relation, [] when there are none. */
export function rowsOf(record: TenonRecord | undefined, field: string): TenonRecord[] {
  const value = record?.[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The texts in a field that holds a list of them. */
export function textsOf(record: TenonRecord | undefined, field: string): string[] {
  const value = record?.[field];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number';
}

function isRecord(value: unknown): value is TenonRecord {
  return isReference(value);
}
