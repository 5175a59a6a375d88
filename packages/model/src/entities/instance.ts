import { Entity } from '@mikro-orm/decorators/legacy';
import { instanceFields } from '@tenon/fields/entities/instance';
import { moment } from '@tenon/fields/field';
import { ObjectType } from 'type-graphql';

import { Column, Fact, ReferenceColumn } from '../column.js';
import { Deployment } from './deployment.js';
import { Flavor } from './flavor.js';
import { Image } from './image.js';
import { Node } from './node.js';
import { Slice } from './slice.js';
import { Synced } from './synced.js';
import { User } from './user.js';

/** A machine. Its rules choose what its input leaves out, its name, and an address in each network of its slice. */
@Entity()
@ObjectType()
export class Instance extends Synced {
  /** `<slice name>-<id>`: deterministic, so that a machine made before a crash is found again. */
  @Column(instanceFields.name, { always: true, unique: true })
  name!: string;

  @ReferenceColumn(() => Slice, instanceFields.slice)
  slice!: Slice;

  @ReferenceColumn(() => User, instanceFields.creator, { always: true })
  creator!: User;

  @ReferenceColumn(() => Deployment, instanceFields.deployment, { always: true })
  deployment!: Deployment;

  @ReferenceColumn(() => Node, instanceFields.node, { always: true })
  node!: Node;

  @ReferenceColumn(() => Image, instanceFields.image, { always: true })
  image!: Image;

  @ReferenceColumn(() => Flavor, instanceFields.flavor, { always: true })
  flavor!: Flavor;

  /** The backend's id of the machine; null while there is none. */
  @Fact(instanceFields.machineId)
  machineId!: string | null;

  /** Where the synchronizer dials. */
  @Fact(instanceFields.sshHost)
  sshHost!: string | null;

  @Fact(instanceFields.sshPort)
  sshPort!: number | null;

  /** The URL under which an operator reaches the machine, e.g. `http://10.11.1.2/`. */
  @Fact(instanceFields.reachableAt)
  reachableAt!: string | null;

  /** The public host key of this incarnation of the machine. */
  @Fact(instanceFields.hostKey)
  hostKey!: string | null;

  /** When the machine was last observed. */
  @Fact(moment({ label: 'Host seen', readOnly: true, help: 'When the machine was last observed' }))
  hostSeenAt!: Date | null;

  override get label(): string {
    return this.machineId === null ? `uninstantiated-${this.id}` : this.name;
  }
}
