import { Entity } from '@mikro-orm/decorators/legacy';
import { imageFields } from '@tenon/fields/entities/deployment';
import { ObjectType } from 'type-graphql';

import { Column } from '../column.js';
import { Row } from './row.js';

/** What a machine starts from, the same in every deployment. */
@Entity()
@ObjectType()
export class Image extends Row {
  @Column(imageFields.name, { unique: true })
  name!: string;

  @Column(imageFields.loginUser)
  loginUser!: string;

  override get label(): string {
    return this.name;
  }
}
