import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { deploymentFields } from '@tenon/fields/entities/deployment';
import { ObjectType } from 'type-graphql';

import { Column, ReferenceColumn } from '../column.js';
import { Image } from './image.js';
import { Row } from './row.js';

/** What the docker driver needs to know about its networks. */
export interface DeploymentSettings {
  /** The /16 of the installation's one nat network, e.g. `10.11.0.0/16`; every slice gets a /24 of it. */
  natSubnet: string;
  /** The /16 out of which every slice gets a /24 for its own private network. */
  privatePool: string;
}

/** A place where instances can run: a compute driver and its settings. */
@Entity()
@ObjectType()
export class Deployment extends Row {
  @Column(deploymentFields.name, { unique: true })
  name!: string;

  @Column(deploymentFields.driver)
  driver!: 'docker';

  @Column(deploymentFields.isDefault)
  isDefault!: boolean;

  @ReferenceColumn(() => Image, deploymentFields.defaultImage, { onDelete: 'set null' })
  defaultImage!: Image | null;

  @Property({ type: 'json', columnType: 'jsonb' })
  settings!: DeploymentSettings;

  override get label(): string {
    return this.name;
  }
}
