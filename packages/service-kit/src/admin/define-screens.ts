import type { ModelScreens, ResourceGroup } from './model-screens.js';

/** The browser half of a service: everything the admin UI knows about it. */
export interface ServiceScreens {
  /** Value of `kind` on its rows, e.g. `exampleservice`; also the path of its pages. */
  kind: string;
  group: ResourceGroup;
  /** Its resources, in the order in which its administration page lists them. */
  models: readonly ModelScreens[];
}

/** What a service says about its screens; list, forms and administration page are made out of it. */
export interface ServiceScreensInput {
  kind: string;
  models: readonly Omit<ModelScreens, 'group'>[];
}

/** Declares the screens of a service; a service's `admin.tsx` exports the result as `default`. */
export function defineScreens({ kind, models }: ServiceScreensInput): ServiceScreens {
  const group = { path: kind, title: kind.charAt(0).toUpperCase() + kind.slice(1) };
  return { kind, group, models: models.map((model) => ({ ...model, group })) };
}
