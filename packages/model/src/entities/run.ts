import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { runFields } from '@tenon/fields/entities/run';
import { reference } from '@tenon/fields/field';
import { ObjectType } from 'type-graphql';

import { Fact, ReferenceColumn } from '../column.js';
import { Row } from './row.js';
import { Service } from './service.js';
import { Tenant } from './tenant.js';

/** Counts of task results on one host, as the recap of the playbook shows them. */
export type RunStats = Record<string, Record<string, number>>;

/** One execution of a playbook for one object. It outlives the object: label and key stay, the references go. */
@Entity()
@ObjectType()
export class Run extends Row {
  /** E.g. `tenant-7`. */
  @Fact(runFields.objectKey, { always: true })
  objectKey!: string;

  @Fact(runFields.objectLabel, { always: true })
  objectLabel!: string;

  /** Who may see the tenant may see the run. */
  @ReferenceColumn(() => Tenant, reference({ label: 'Tenant', to: 'Tenant', readOnly: true }), {
    onDelete: 'set null',
  })
  tenant!: Tenant | null;

  @ReferenceColumn(() => Service, runFields.service, { onDelete: 'set null' })
  service!: Service | null;

  @Fact(runFields.playbook, { always: true })
  playbook!: string;

  @Fact(runFields.trigger, { always: true })
  trigger!: string;

  /** The generation of the object that it read. */
  @Fact(runFields.objectGeneration, { always: true })
  objectGeneration!: number;

  @Fact(runFields.startedAt, { always: true })
  startedAt!: Date;

  @Fact(runFields.finishedAt)
  finishedAt!: Date | null;

  @Fact(runFields.outcome, { always: true })
  outcome!: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'UNREACHABLE' | 'CANCELLED';

  @Fact(runFields.summary)
  summary!: string | null;

  @Property({ type: 'json', columnType: 'jsonb', nullable: true })
  stats!: RunStats | null;

  override get label(): string {
    return `${this.objectLabel} #${this.id}`;
  }
}
