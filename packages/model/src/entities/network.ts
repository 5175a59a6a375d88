import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { networkFields } from '@tenon/fields/entities/network';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { NetworkTemplate } from './network-template.js';
import { Row } from './row.js';
import { Slice } from './slice.js';

/** A network of a slice: `nat` is a part of the installation's one nat network, `private` is one of its own. */
@Entity()
@ObjectType()
@Unique({ properties: ['slice', 'role'] })
export class Network extends Row {
  @Column(networkFields.name, { always: true })
  name!: string;

  @ReferenceColumn(() => Slice, networkFields.slice, { always: true, onDelete: 'cascade' })
  slice!: Slice;

  @ReferenceColumn(() => NetworkTemplate, networkFields.template, { always: true })
  template!: NetworkTemplate;

  @Column(networkFields.role, { always: true })
  role!: 'nat' | 'private';

  /** A /24 in CIDR notation; no other network of the installation has it. */
  @Column(networkFields.subnet, { always: true, unique: true })
  subnet!: string;

  override get label(): string {
    return this.name;
  }
}
