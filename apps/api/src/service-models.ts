import type { ServiceModel } from '@tenon/model/orm';
import type { ServicePackage } from '@tenon/service-kit/define-service';

/** What the services add to the model. */
export function serviceModels(services: readonly ServicePackage[]): ServiceModel[] {
  return services.map(({ name, service, tenant, migrationsPath }) => ({
    name,
    entities: [service, tenant],
    migrationsPath,
  }));
}
