import { Entity } from '@mikro-orm/decorators/legacy';
import { flavorFields } from '@tenon/fields/entities/deployment';
import { ObjectType } from 'type-graphql';

import { Column } from '../column.js';
import { Row } from './row.js';

/** The size of a machine. */
@Entity()
@ObjectType()
export class Flavor extends Row {
  @Column(flavorFields.name, { unique: true })
  name!: string;

  @Column(flavorFields.memoryMib)
  memoryMib!: number;

  @Column(flavorFields.cpus)
  cpus!: number;

  @Column(flavorFields.isDefault)
  isDefault!: boolean;

  @Column(flavorFields.order)
  order!: number;

  override get label(): string {
    return this.name;
  }
}
