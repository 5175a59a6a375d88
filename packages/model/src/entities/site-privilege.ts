import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { sitePrivilegeFields } from '@tenon/fields/entities/privilege';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Row } from './row.js';
import { Site } from './site.js';
import { User } from './user.js';

/** What a user may do at a site. */
@Entity()
@ObjectType()
@Unique({ properties: ['user', 'site', 'role'] })
export class SitePrivilege extends Row {
  @ReferenceColumn(() => User, sitePrivilegeFields.user, { onDelete: 'cascade' })
  user!: User;

  @ReferenceColumn(() => Site, sitePrivilegeFields.site, { onDelete: 'cascade' })
  site!: Site;

  @Column(sitePrivilegeFields.role)
  role!: 'admin' | 'pi' | 'tech';

  override get label(): string {
    return this.role;
  }
}
