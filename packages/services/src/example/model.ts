import { Entity } from '@mikro-orm/decorators/legacy';
import { Column } from '@tenon/model/column';
import { Service } from '@tenon/model/entities/service';
import { TenantWithInstance } from '@tenon/model/entities/tenant-with-instance';
import { ObjectType } from 'type-graphql';

import { exampleTenantOwnFields, KIND } from './fields.js';

/** A service whose tenants each get a web page with their message. */
@Entity()
@ObjectType({ description: 'A service whose tenants each get a web page with their message' })
export class ExampleService extends Service {
  override kind = KIND;
}

/** One page with one message on a machine of its own. */
@Entity()
@ObjectType({ description: 'A tenant that gets a web page with its message on a machine of its own' })
export class ExampleTenant extends TenantWithInstance {
  override kind = KIND;

  @Column(exampleTenantOwnFields.tenantMessage)
  tenantMessage!: string;
}
