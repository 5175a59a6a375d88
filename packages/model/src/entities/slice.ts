import { Entity } from '@mikro-orm/decorators/legacy';
import { sliceFields } from '@tenon/fields/entities/slice';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Flavor } from './flavor.js';
import { Image } from './image.js';
import { Service } from './service.js';
import { Site } from './site.js';
import { Synced } from './synced.js';
import { User } from './user.js';

/** A set of resources (instances, networks) that belongs to a site and may work for a service. */
@Entity()
@ObjectType()
export class Slice extends Synced {
  @Column(sliceFields.name, { unique: true })
  name!: string;

  @Column(sliceFields.enabled)
  enabled!: boolean;

  @Column(sliceFields.description)
  description!: string | null;

  @ReferenceColumn(() => Site, sliceFields.site)
  site!: Site;

  @ReferenceColumn(() => Service, sliceFields.service, { onDelete: 'set null' })
  service!: Service | null;

  @ReferenceColumn(() => User, sliceFields.creator, { always: true })
  creator!: User;

  @Column(sliceFields.maxInstances)
  maxInstances!: number;

  @ReferenceColumn(() => Image, sliceFields.defaultImage)
  defaultImage!: Image | null;

  @ReferenceColumn(() => Flavor, sliceFields.defaultFlavor)
  defaultFlavor!: Flavor | null;

  override get label(): string {
    return this.name;
  }
}
