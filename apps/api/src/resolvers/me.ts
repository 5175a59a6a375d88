import { Site } from '@tenon/model/entities/site';
import { User } from '@tenon/model/entities/user';
import type { UserPrincipal } from '@tenon/model/principal';
import { isAny } from '@tenon/model/policies/define-policy';
import { referredId } from '@tenon/graphql/loaders';
import { readsOf } from '@tenon/graphql/context';
import { Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';

import type { ApiContext } from '../context.js';

/** What the asker may do with one kind of object in general; `can` of an object says it for that one. */
@ObjectType({ description: 'What you may do with one kind of object, somewhere at least' })
export class Permission {
  @Field(() => String, { description: 'Name of the type, e.g. Slice' })
  resource!: string;

  @Field(() => Boolean)
  create!: boolean;

  @Field(() => Boolean)
  update!: boolean;

  @Field(() => Boolean)
  delete!: boolean;
}

/** The one who asks. */
@ObjectType({ description: 'The one who asks' })
export class Me {
  constructor(readonly user: User) {
    this.id = user.id;
    this.email = user.email;
    this.isAdmin = user.isAdmin;
    this.isReadonly = user.isReadonly;
    this.mustChangePassword = user.mustChangePassword;
  }

  @Field(() => Int)
  readonly id: number;

  @Field(() => String)
  readonly email: string;

  @Field(() => Boolean)
  readonly isAdmin: boolean;

  @Field(() => Boolean)
  readonly isReadonly: boolean;

  @Field(() => Boolean, {
    description: 'The password was set by somebody else, or is the well-known first one',
  })
  readonly mustChangePassword: boolean;
}

/** Who asks, as the context knows; null for nobody. */
export async function meOf(context: ApiContext): Promise<Me | null> {
  if (context.principal === null) return null;
  const user = await readsOf(context).loaders.one(User, context.principal.userId);
  return user === null ? null : new Me(user);
}

/** Answers who asks and what he may do. */
@Resolver(() => Me)
export class MeResolver {
  @Query(() => Me, { nullable: true, description: 'You; null when nobody is signed in.' })
  me(@Ctx() context: ApiContext): Promise<Me | null> {
    return meOf(context);
  }

  @FieldResolver(() => Site, { nullable: true, description: 'Your home site' })
  async site(@Root() me: Me, @Ctx() context: ApiContext): Promise<Site | null> {
    const id = referredId(me.user, 'site');
    return id === null ? null : readsOf(context).loaders.one(Site, id);
  }

  @FieldResolver(() => [Permission], { description: 'What you may do, one entry a type' })
  async can(@Ctx() context: ApiContext): Promise<Permission[]> {
    const { principal } = context;
    return principal === null ? [] : permissionsOf(principal, context);
  }
}

async function permissionsOf(principal: UserPrincipal, context: ApiContext): Promise<Permission[]> {
  const { em } = readsOf(context);
  return Promise.all(
    context.app.descriptions.map(async ({ name, policy }) => ({
      resource: name,
      create: await isAny(em, policy.create(principal)),
      update: await isAny(em, policy.change(principal, 'update')),
      delete: await isAny(em, policy.change(principal, 'delete')),
    })),
  );
}
