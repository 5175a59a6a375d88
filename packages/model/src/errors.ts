import type { FieldErrors } from '@tenon/fields/validate';

/** What an error means to the caller; the GraphQL layer hands it out as `extensions.code`. */
export type ErrorCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_USER_INPUT' | 'NOT_FOUND' | 'CONFLICT';

/**
 * An error whose text may be shown to the person who caused it. The text reads
 * "cannot <verb> <which>: <why>; <what to do>" and never holds a secret.
 */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;

  override get name(): string {
    return this.constructor.name;
  }
}

/** Nobody is signed in, or an EntityManager without a principal was used. */
export class UnauthenticatedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';

  constructor(message = 'cannot read or change anything: nobody is signed in; sign in first') {
    super(message);
  }
}

/** The principal may see the thing, but not do this to it. */
export class ForbiddenError extends DomainError {
  readonly code = 'FORBIDDEN';
}

/** Some input is wrong. `fields` holds sentences by input name, '' for the whole form. */
export class InputError extends DomainError {
  readonly code = 'BAD_USER_INPUT';

  constructor(readonly fields: FieldErrors) {
    super(Object.values(fields).flat().join(' '));
  }
}

/** The thing does not exist, or the principal may not know that it does. */
export class NotFoundError extends DomainError {
  readonly code = 'NOT_FOUND';
}

/** The thing is not in the state that the request assumed: somebody else was faster, or others still need it. */
export class ConflictError extends DomainError {
  readonly code = 'CONFLICT';
}
