import type { ComponentType } from 'react';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';
import { AddButton } from '@tenon/service-kit/admin/ResourceList';

/** Makes the buttons that add an object of each kind, for a list of objects of every kind. */
export function addButtonFor(kinds: readonly ModelScreens[]): ComponentType {
  return function AddOfKindButton() {
    return kinds.map((kind) => <AddButton key={kind.name} screens={kind} />);
  };
}
