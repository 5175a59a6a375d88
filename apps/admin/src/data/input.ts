import type { Field } from '@tenon/fields/field';
import { inputName } from '@tenon/fields/field-value';
import { referenceOf, type TenonRecord } from '@tenon/service-kit/admin/records';
import type { ResourceDescription } from '@tenon/service-kit/admin/resource';

type Values = Record<string, unknown>;

/** Adds to a record of the API the ids that the inputs of its references hold: `site` gives `siteId` as well. */
export function toRecord(resource: ResourceDescription, row: TenonRecord): TenonRecord {
  const ids = Object.entries(resource.fields).flatMap(([name, field]) =>
    field.kind === 'reference' ? [[inputName(name, field), referenceOf(row, name)?.id ?? null] as const] : [],
  );
  return { ...row, ...Object.fromEntries(ids) };
}

/** The input of a create mutation: every field that may be set, and the rows that are made together with it. */
export function createInput(resource: ResourceDescription, values: Values): Values {
  const fields = Object.entries(resource.fields).filter(([, field]) => isSettable(field));
  const given = fields.flatMap(([name, field]) => pick(values, inputName(name, field)));
  return { ...Object.fromEntries(given), ...extraInput(resource, values) };
}

/** The input of an update mutation: only what differs from the object as it was loaded. */
export function updateInput(resource: ResourceDescription, values: Values, before: Values): Values {
  const fields = Object.entries(resource.fields).filter(
    ([, field]) => isSettable(field) && field.createOnly !== true,
  );
  const changed = fields.flatMap(([name, field]) => {
    const key = inputName(name, field);
    return same(values[key], before[key]) ? [] : pick(values, key);
  });
  return { ...Object.fromEntries(changed), ...extraInput(resource, values) };
}

/** The names of everything a form of this resource may send. */
export function inputNames(resource: ResourceDescription): Set<string> {
  const fields = Object.entries(resource.fields).filter(([, field]) => isSettable(field));
  return new Set([...fields.map(([name, field]) => inputName(name, field)), ...(resource.extraInputs ?? [])]);
}

function isSettable(field: Field): boolean {
  return field.readOnly !== true && field.hidden !== true;
}

function pick(values: Values, key: string): [string, unknown][] {
  return values[key] === undefined ? [] : [[key, values[key]]];
}

/** An input that was emptied holds null or '', an absent one undefined: none of them is a value. */
function same(left: unknown, right: unknown): boolean {
  return (left ?? null) === (right ?? null);
}

function extraInput(resource: ResourceDescription, values: Values): Values {
  const given = (resource.extraInputs ?? []).flatMap((name) => {
    const rows = values[name];
    return rows === undefined || rows === null || (Array.isArray(rows) && rows.length === 0)
      ? []
      : [[name, rows] as const];
  });
  return Object.fromEntries(given);
}
