import { Entity } from '@mikro-orm/decorators/legacy';
import { tenantWithInstanceFields } from '@tenon/fields/entities/tenant';
import { ObjectType } from 'type-graphql';

import { ReferenceColumn } from '../column.js';
import { Instance } from './instance.js';
import { Tenant } from './tenant.js';

/** A tenant that owns a machine. Not abstract: rows of a package that was removed load as this class. */
@Entity()
@ObjectType()
export class TenantWithInstance extends Tenant {
  /** Made by a rule together with the tenant; null once the machine of a deleted tenant is gone. */
  @ReferenceColumn(() => Instance, tenantWithInstanceFields.instance, { onDelete: 'set null' })
  instance!: Instance | null;
}
