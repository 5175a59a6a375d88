import { UnauthenticatedError } from '@tenon/model/errors';
import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';

import type { ApiContext } from '../context.js';
import { changePassword, resetPassword } from '../login/change-password.js';
import { signIn, signOut } from '../login/sign-in.js';
import { Me, meOf } from './me.js';

/** Signing in and out, and passwords. */
@Resolver()
export class LoginResolver {
  @Mutation(() => Me, { description: 'Signs in; the answer carries the cookie of a new session.' })
  async login(
    @Arg('email', () => String) email: string,
    @Arg('password', () => String) password: string,
    @Ctx() context: ApiContext,
  ): Promise<Me> {
    await signIn(context, { email, password });
    const me = await meOf(context);
    if (me === null) throw new UnauthenticatedError();
    return me;
  }

  @Mutation(() => Boolean, { description: 'Signs out: the session ends, and its sockets with it.' })
  async logout(@Ctx() context: ApiContext): Promise<boolean> {
    await signOut(context);
    return true;
  }

  @Mutation(() => Boolean, { description: 'Changes your password; all your other sessions end.' })
  async changePassword(
    @Arg('current', () => String) current: string,
    @Arg('next', () => String) next: string,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    await changePassword(context, { current, next });
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Gives a user a password that he has to change at once; his sessions end. For installation admins.',
  })
  async resetPassword(
    @Arg('userId', () => Int) userId: number,
    @Arg('password', () => String) password: string,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    await resetPassword(context, userId, password);
    return true;
  }
}
