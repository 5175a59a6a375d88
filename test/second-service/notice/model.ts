import { Entity } from '@mikro-orm/decorators/legacy';
import { Column } from '@tenon/model/column';
import { Service } from '@tenon/model/entities/service';
import { TenantWithInstance } from '@tenon/model/entities/tenant-with-instance';
import { ObjectType } from 'type-graphql';

import { KIND, noticeTenantOwnFields } from './fields.js';

/** A service whose tenants each pin up one notice. */
@Entity()
@ObjectType({ description: 'A service whose tenants each pin up one notice' })
export class NoticeService extends Service {
  override kind = KIND;
}

/** One notice on a machine of its own. */
@Entity()
@ObjectType({ description: 'A tenant that gets a notice on a machine of its own' })
export class NoticeTenant extends TenantWithInstance {
  override kind = KIND;

  @Column(noticeTenantOwnFields.headline)
  headline!: string;

  @Column(noticeTenantOwnFields.tone)
  tone!: 'calm' | 'urgent';
}
