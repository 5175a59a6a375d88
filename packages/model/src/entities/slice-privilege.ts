import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { slicePrivilegeFields } from '@tenon/fields/entities/privilege';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Row } from './row.js';
import { Slice } from './slice.js';
import { User } from './user.js';

/** What a user may do with a slice and its machines. */
@Entity()
@ObjectType()
@Unique({ properties: ['user', 'slice', 'role'] })
export class SlicePrivilege extends Row {
  @ReferenceColumn(() => User, slicePrivilegeFields.user, { onDelete: 'cascade' })
  user!: User;

  @ReferenceColumn(() => Slice, slicePrivilegeFields.slice, { onDelete: 'cascade' })
  slice!: Slice;

  @Column(slicePrivilegeFields.role)
  role!: 'admin' | 'access';

  override get label(): string {
    return this.role;
  }
}
