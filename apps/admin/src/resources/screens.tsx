import type { ComponentType } from 'react';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';
import { RecordCreate } from '@tenon/service-kit/admin/RecordCreate';
import { RecordEdit } from '@tenon/service-kit/admin/RecordEdit';
import { ResourceList } from '@tenon/service-kit/admin/ResourceList';

interface ResourcePages {
  list: ComponentType;
  edit: ComponentType;
  create?: ComponentType;
}

/** The pages of a resource for react-admin. Made once each: a component made while rendering would lose its state. */
export function screensOf(screens: ModelScreens): ResourcePages {
  const known = made.get(screens.name);
  if (known) return known;
  const pages = makePages(screens);
  made.set(screens.name, pages);
  return pages;
}

const made = new Map<string, ResourcePages>();

function makePages(screens: ModelScreens): ResourcePages {
  const list = (): React.ReactNode => <ResourceList screens={screens} />;
  const edit = screens.Page ?? ((): React.ReactNode => <RecordEdit screens={screens} />);
  if (screens.readOnly === true || screens.cannotAdd === true) return { list, edit };
  return { list, edit, create: () => <RecordCreate screens={screens} /> };
}
