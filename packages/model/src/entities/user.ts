import { Entity } from '@mikro-orm/decorators/legacy';
import { userFields } from '@tenon/fields/entities/user';
import { flag, text } from '@tenon/fields/field';
import { ObjectType } from 'type-graphql';

import { Column, Fact, ReferenceColumn } from '../column.js';
import { Row } from './row.js';
import { Site } from './site.js';

/** A person who signs in. `user` is a reserved word of SQL, hence the table's name. */
@Entity({ tableName: 'user_account' })
@ObjectType()
export class User extends Row {
  @Column(userFields.email, { unique: true })
  email!: string;

  @Column(userFields.firstname)
  firstname!: string;

  @Column(userFields.lastname)
  lastname!: string;

  @Column(userFields.phone)
  phone!: string | null;

  @ReferenceColumn(() => Site, userFields.site)
  site!: Site;

  /** One or more authorized keys, one a line. */
  @Column(userFields.publicKey)
  publicKey!: string | null;

  @Column(userFields.isActive)
  isActive!: boolean;

  @Column(userFields.isAdmin)
  isAdmin!: boolean;

  @Column(userFields.isReadonly)
  isReadonly!: boolean;

  /** Argon2id in its text form; null means that nobody can sign in as this user. */
  @Fact(text({ label: 'Password hash', maxLength: 255, hidden: true }))
  passwordHash!: string | null;

  /** The password was set by somebody else, or is the well-known one of the bootstrap. */
  @Fact(flag({ label: 'Must change password', default: false, hidden: true }))
  mustChangePassword!: boolean;

  override get label(): string {
    return this.email;
  }
}
