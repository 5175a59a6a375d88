import type { ServiceScreens } from '@tenon/service-kit/admin/define-screens';
import type { ModelScreens } from '@tenon/service-kit/admin/model-screens';
import { serviceNames } from '@tenon/services/index';

/** Every service package's browser half that lies in the repository; the list of names decides which of them are used. */
const found = import.meta.glob<ServiceScreens>('../../../../packages/services/src/*/admin.tsx', {
  eager: true,
  import: 'default',
});

/** The services of this installation, in the order of the list. */
export const services: readonly ServiceScreens[] = serviceNames.flatMap((name) => {
  const path = Object.keys(found).find((file) => file.endsWith(`/${name}/admin.tsx`));
  const screens = path === undefined ? undefined : found[path];
  return screens ? [screens] : [];
});

/** The resource of the services of a kind. */
export function serviceModelOf(kind: string): ModelScreens | undefined {
  return services.find((service) => service.kind === kind)?.models[0];
}

/** The resource of the tenants of a kind. */
export function tenantModelOf(kind: string): ModelScreens | undefined {
  return services.find((service) => service.kind === kind)?.models[1];
}
