import { randomUUID } from 'node:crypto';

import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { DomainError } from '@tenon/model/errors';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';

/** Turns what a resolver threw into what the caller may read. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * Domain errors keep their text and hand out their code and the errors of fields; mistakes in the GraphQL document stay
 * as they are. Everything else is a bug or a breakage: it is logged with a reference, and the caller gets only that.
 */
export function formatErrors(logger: Logger): FormatError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    if (cause instanceof DomainError) return domainError(formatted, cause);
    if (isCallersMistake(formatted, error))
      return { message: formatted.message, ...locationOf(formatted), extensions: codeOf(formatted) };
    const reference = randomUUID();
    logger.error({ err: cause, reference, path: formatted.path }, 'a request failed');
    return {
      message: `cannot answer: something broke here; tell the administrator the reference ${reference}`,
      ...locationOf(formatted),
      extensions: { code: 'INTERNAL_SERVER_ERROR', reference },
    };
  };
}

function domainError(formatted: GraphQLFormattedError, error: DomainError): GraphQLFormattedError {
  const fields: unknown = 'fields' in error ? error.fields : undefined;
  return {
    message: error.message,
    ...locationOf(formatted),
    extensions: { code: error.code, ...(fields === undefined ? {} : { fields }) },
  };
}

/** Apollo's codes for requests that it refuses before any resolver runs. */
const REFUSED: readonly unknown[] = [
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
  ApolloServerErrorCode.BAD_REQUEST,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
];

/** Whether GraphQL itself refused the document or a variable: then nothing was thrown by us. */
function isCallersMistake({ extensions }: GraphQLFormattedError, error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.path !== undefined) return false;
  return error.originalError === undefined || REFUSED.includes(extensions?.['code']);
}

function locationOf(formatted: GraphQLFormattedError): Partial<GraphQLFormattedError> {
  return {
    ...(formatted.path ? { path: formatted.path } : {}),
    ...(formatted.locations ? { locations: formatted.locations } : {}),
  };
}

function codeOf(formatted: GraphQLFormattedError): { code: unknown } {
  return { code: formatted.extensions?.['code'] ?? 'BAD_REQUEST' };
}
