import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { servicePrivilegeFields } from '@tenon/fields/entities/privilege';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Row } from './row.js';
import { Service } from './service.js';
import { User } from './user.js';

/** What a user may do with a service and its tenants. */
@Entity()
@ObjectType()
@Unique({ properties: ['user', 'service', 'role'] })
export class ServicePrivilege extends Row {
  @ReferenceColumn(() => User, servicePrivilegeFields.user, { onDelete: 'cascade' })
  user!: User;

  @ReferenceColumn(() => Service, servicePrivilegeFields.service, { onDelete: 'cascade' })
  service!: Service;

  @Column(servicePrivilegeFields.role)
  role!: 'admin';

  override get label(): string {
    return this.role;
  }
}
