import type { ComponentType } from 'react';
import { Privileges } from '@tenon/service-kit/admin/Privileges';

/** Makes the content of a tab with the privileges on the object of the page. */
export function privileged(resource: string, target: string): ComponentType {
  return function PrivilegesTab() {
    return <Privileges resource={resource} target={target} />;
  };
}
