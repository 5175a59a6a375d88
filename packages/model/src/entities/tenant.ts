import { Entity } from '@mikro-orm/decorators/legacy';
import { tenantFields } from '@tenon/fields/entities/tenant';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Service } from './service.js';
import { Synced } from './synced.js';
import { User } from './user.js';

/**
 * One customer's use of a service. A service package extends it (or TenantWithInstance) by a class with a table of its
 * own that sets `kind` to its service's. Rows of a package that was removed load as this class.
 */
@Entity({ inheritance: 'tpt' })
@ObjectType()
export class Tenant extends Synced {
  @Column(tenantFields.kind, { always: true })
  kind!: string;

  @ReferenceColumn(() => Service, tenantFields.provider, { always: true })
  provider!: Service;

  @ReferenceColumn(() => User, tenantFields.creator, { always: true })
  creator!: User;

  /** As the original wrote it: `exampleservice-tenant-1`. */
  override get label(): string {
    return `${this.kind}-tenant-${this.id}`;
  }
}
