import { Entity } from '@mikro-orm/decorators/legacy';
import { nodeFields } from '@tenon/fields/entities/deployment';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Deployment } from './deployment.js';
import { Row } from './row.js';
import { Site } from './site.js';

/** A host that carries instances. */
@Entity()
@ObjectType()
export class Node extends Row {
  @Column(nodeFields.name, { unique: true })
  name!: string;

  @ReferenceColumn(() => Site, nodeFields.site)
  site!: Site;

  @ReferenceColumn(() => Deployment, nodeFields.deployment)
  deployment!: Deployment;

  override get label(): string {
    return this.name;
  }
}
