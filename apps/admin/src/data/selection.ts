import type { ResourceDescription } from '@tenon/service-kit/admin/resource';

const ALWAYS = ['id', 'label', 'generation', 'createdAt', 'updated', 'can { update delete }'];
const OF_SYNCED = [
  'syncState',
  'statusText',
  'backendStatus',
  'enacted',
  'attempts',
  'nextAttemptAt',
  'lastError',
  'waitingFor',
];

/**
 * What is asked for of an object: everything its field map describes, what every object has, and what its screens select
 * beside that.
 */
export function selectionOf(resource: ResourceDescription, extent: 'list' | 'one'): string {
  const fields = Object.entries(resource.fields).flatMap(([name, field]) => {
    if (field.hidden === true || field.kind === 'secret') return [];
    return [field.kind === 'reference' ? `${name} { id label }` : name];
  });
  const extra = resource.select?.[extent];
  return [
    ...ALWAYS,
    ...(resource.synced ? OF_SYNCED : []),
    ...fields,
    ...(extra === undefined ? [] : [extra]),
  ].join(' ');
}
