import { Entity } from '@mikro-orm/decorators/legacy';
import { siteFields } from '@tenon/fields/entities/site';
import { ObjectType } from 'type-graphql';

import { Column } from '../column.js';
import { Row } from './row.js';

/** A place of one organisation: it owns users and slices. */
@Entity()
@ObjectType()
export class Site extends Row {
  @Column(siteFields.name)
  name!: string;

  @Column(siteFields.enabled)
  enabled!: boolean;

  /** Slice names of the site begin with it and an underscore. */
  @Column(siteFields.loginBase, { unique: true })
  loginBase!: string;

  @Column(siteFields.abbreviatedName)
  abbreviatedName!: string | null;

  @Column(siteFields.siteUrl)
  siteUrl!: string | null;

  override get label(): string {
    return this.name;
  }
}
