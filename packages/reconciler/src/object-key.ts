/** The kinds of objects that are brought in line with the model, each with its own table. */
export const OBJECT_TYPES = ['service', 'slice', 'instance', 'tenant'] as const;

export type ObjectType = (typeof OBJECT_TYPES)[number];

/** Names one object everywhere outside its own table: in the queue, as a blocker, in a run. Example: `tenant-7`. */
export type ObjectKey = `${ObjectType}-${number}`;

export function keyOf(type: ObjectType, id: number): ObjectKey {
  return `${type}-${id}`;
}

/** The type and id in a key, or null when the text is no key. */
export function parseKey(text: string): { type: ObjectType; id: number } | null {
  const match = /^([a-z]+)-([1-9]\d*)$/.exec(text);
  const type = OBJECT_TYPES.find((candidate) => candidate === match?.[1]);
  return type === undefined ? null : { type, id: Number(match?.[2]) };
}
