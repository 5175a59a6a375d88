import type { FieldMap } from '@tenon/fields/field';

/** What the UI has to know about one kind of object to list, show and edit it through the API. */
export interface ResourceDescription {
  /** Name in react-admin, and the path of its pages: `core/slice`. */
  name: string;
  /** GraphQL type: `Slice`. */
  type: string;
  /** Query of one: `slice`. */
  one: string;
  /** Query of many: `slices`. */
  many: string;
  /** Words for people: `Slice`, `Slices`. */
  label: string;
  labelPlural: string;
  /** The fields that are read and written. */
  fields: FieldMap;
  /** It has a sync state, i.e. the worker carries it out. */
  synced: boolean;
  /** The API has no create, update and delete for it. Default: false. */
  readOnly?: boolean;
  /** GraphQL selected beside the fields: in lists, and for one object. */
  select?: { list?: string; one?: string };
  /** Inputs that are no fields of the object itself, such as the rows of a relation. */
  extraInputs?: readonly string[];
  /** Types whose change also changes what a page of this resource shows. */
  dependsOn?: readonly string[];
}

/** Whether something about an object can be changed once it is there; an instance, for one, is made and deleted only. */
export function isChangeable({ fields, readOnly, extraInputs = [] }: ResourceDescription): boolean {
  if (readOnly === true) return false;
  const hasField = Object.values(fields).some(
    (field) => field.readOnly !== true && field.createOnly !== true,
  );
  return hasField || extraInputs.length > 0;
}

/** Every resource of the UI, found by the name of its path or of its type. */
export interface Registry<Resource extends ResourceDescription = ResourceDescription> {
  all: readonly Resource[];
  /** @throws Error when there is no resource of that name, which is a mistake in the code. */
  byName(name: string): Resource;
  byType(type: string): Resource | undefined;
}

/** Puts resources into one registry. */
export function createRegistry<Resource extends ResourceDescription>(
  all: readonly Resource[],
): Registry<Resource> {
  const names = new Map(all.map((resource) => [resource.name, resource]));
  const types = new Map(all.map((resource) => [resource.type, resource]));
  return {
    all,
    byName(name) {
      const resource = names.get(name);
      if (!resource)
        throw new Error(`cannot find the resource ${name}: it is not registered; add it to resources/all.ts`);
      return resource;
    },
    byType: (type) => types.get(type),
  };
}
