import { Entity } from '@mikro-orm/decorators/legacy';
import { moment, reference, text } from '@tenon/fields/field';

import { Fact, ReferenceColumn } from '../column.js';
import { Row } from './row.js';
import { User } from './user.js';

/** A signed-in browser. Only SYSTEM reads and writes it; it has no GraphQL side. `createdAt` is the login. */
@Entity()
export class Session extends Row {
  /** SHA-256 of the random id in the cookie, hexadecimal: a stolen database opens no session. */
  @Fact(text({ label: 'Token hash', required: true, maxLength: 64, hidden: true }), { unique: true })
  tokenHash!: string;

  @ReferenceColumn(() => User, reference({ label: 'User', to: 'User', required: true }), {
    onDelete: 'cascade',
  })
  user!: User;

  @Fact(moment({ label: 'Last seen', required: true, hidden: true }))
  lastSeenAt!: Date;

  /** The absolute end, however busy the session is. */
  @Fact(moment({ label: 'Expires', required: true, hidden: true }))
  expiresAt!: Date;
}
