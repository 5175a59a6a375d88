import { fileURLToPath } from 'node:url';

import { Entity } from '@mikro-orm/decorators/legacy';
import { serviceFields, synchronizerFields } from '@tenon/fields/entities/service';
import { tenantWithInstanceFields } from '@tenon/fields/entities/tenant';
import { text } from '@tenon/fields/field';
import { ObjectType } from 'type-graphql';

import { Column } from '../../column.js';
import { Service } from '../../entities/service.js';
import { TenantWithInstance } from '../../entities/tenant-with-instance.js';
import type { EntityDescription } from '../../entity-description.js';
import type { ServiceModel } from '../../orm.js';
import { servicePolicy } from '../../policies/service.js';
import { tenantPolicy } from '../../policies/tenant.js';
import { serviceRules } from '../../rules/service.js';
import { tenantRules } from '../../rules/tenant.js';

const messageField = text({ label: 'Message', required: true, maxLength: 254, trim: false });

/** A service as packages make them, for the tests of the model. */
@Entity()
@ObjectType()
export class PageService extends Service {
  override kind = 'page';
}

/** Its tenant. */
@Entity()
@ObjectType()
export class PageTenant extends TenantWithInstance {
  override kind = 'page';

  @Column(messageField)
  message!: string;
}

// The policies and rules of a base class serve its children: they read what the base class has.
const serviceGuards: Pick<EntityDescription, 'policy' | 'rules'> = {
  policy: servicePolicy,
  rules: serviceRules,
};
const tenantGuards: Pick<EntityDescription, 'policy' | 'rules'> = {
  policy: tenantPolicy,
  rules: tenantRules,
};

export const pageServiceDescription: EntityDescription<PageService> = {
  name: 'PageService',
  plural: 'pageServices',
  label: 'Page Service',
  labelPlural: 'Page Services',
  entity: PageService,
  fields: { ...serviceFields, ...synchronizerFields },
  ...serviceGuards,
};

export const pageTenantDescription: EntityDescription<PageTenant> = {
  name: 'PageTenant',
  plural: 'pageTenants',
  label: 'Page Tenant',
  labelPlural: 'Page Tenants',
  entity: PageTenant,
  fields: { ...tenantWithInstanceFields, message: messageField },
  ...tenantGuards,
};

export const pages: ServiceModel = {
  name: 'pages',
  entities: [pageServiceDescription, pageTenantDescription],
  migrationsPath: fileURLToPath(new URL('../../../src/testing/pages/migrations', import.meta.url)),
};
