import { Entity } from '@mikro-orm/decorators/legacy';
import { networkTemplateFields } from '@tenon/fields/entities/network';
import { ObjectType } from 'type-graphql';

import { Column } from '../column.js';
import { Row } from './row.js';

/** How the networks of slices are made. Every slice gets one network of each role. */
@Entity()
@ObjectType()
export class NetworkTemplate extends Row {
  @Column(networkTemplateFields.name, { unique: true })
  name!: string;

  @Column(networkTemplateFields.description)
  description!: string | null;

  @Column(networkTemplateFields.role)
  role!: 'nat' | 'private';

  override get label(): string {
    return this.name;
  }
}
