import { OptionalProps } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The one row that says which installation this database belongs to. Only SYSTEM reads it. */
@Entity()
export class Installation {
  [OptionalProps]?: 'createdAt' | 'engineReady' | 'engineReason';

  /** Always 1. */
  @PrimaryKey({ type: 'integer', autoincrement: false })
  id!: number;

  /** Part of every name and label that this installation puts into an engine or a cloud. */
  @Property({ type: 'uuid' })
  uuid!: string;

  @Property({ type: 'Date', columnType: 'timestamptz', defaultRaw: 'now()' })
  createdAt!: Date;

  /** Whether machines can be made now. The worker writes it: only it has the engine's socket. */
  @Property({ type: 'boolean', default: false })
  engineReady!: boolean;

  /** Why no machines can be made, one sentence that says what to do; null when they can. */
  @Property({ type: 'text', nullable: true })
  engineReason!: string | null;
}
