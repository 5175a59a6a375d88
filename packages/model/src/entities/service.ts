import { Entity } from '@mikro-orm/decorators/legacy';
import { serviceFields, synchronizerFields } from '@tenon/fields/entities/service';
import { secret } from '@tenon/fields/field';
import { ObjectType } from 'type-graphql';

import { Column, Fact } from '../column.js';
import { Synced } from './synced.js';

/**
 * A kind of thing offered. A service package extends it by a class with a table of its own that sets `kind`:
 * `override kind = 'exampleservice'`. Rows of a package that was removed load as this class.
 */
@Entity({ inheritance: 'tpt' })
@ObjectType()
export class Service extends Synced {
  @Column(serviceFields.kind, { always: true })
  kind!: string;

  @Column(serviceFields.name, { unique: true })
  name!: string;

  @Column(serviceFields.enabled)
  enabled!: boolean;

  @Column(serviceFields.versionNumber)
  versionNumber!: string;

  @Column(serviceFields.description)
  description!: string | null;

  @Column(synchronizerFields.syncIntervalSeconds)
  syncIntervalSeconds!: number;

  /** A file in playbooks/; null means the service package's own. */
  @Column(synchronizerFields.playbook)
  playbook!: string | null;

  @Column(synchronizerFields.backoffEnabled)
  backoffEnabled!: boolean;

  @Column(synchronizerFields.loginUser)
  loginUser!: string;

  /** OpenSSH, one line. Null until the worker made the key pair. */
  @Fact(synchronizerFields.publicKey)
  publicKey!: string | null;

  /** OpenSSH or PEM, encrypted at rest. */
  @Fact(secret({ label: 'Private key', hidden: true }))
  privateKey!: string | null;

  override get label(): string {
    return this.name;
  }
}
