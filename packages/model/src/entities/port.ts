import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { portFields } from '@tenon/fields/entities/network';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Instance } from './instance.js';
import { Network } from './network.js';
import { Row } from './row.js';

/** The place of an instance in a network. */
@Entity()
@ObjectType()
@Unique({ properties: ['network', 'address'] })
@Unique({ properties: ['network', 'instance'] })
export class Port extends Row {
  @ReferenceColumn(() => Network, portFields.network, { always: true, onDelete: 'cascade' })
  network!: Network;

  @ReferenceColumn(() => Instance, portFields.instance, { always: true, onDelete: 'cascade' })
  instance!: Instance;

  /** IPv4, dotted. */
  @Column(portFields.address, { always: true })
  address!: string;

  override get label(): string {
    return this.address;
  }
}
