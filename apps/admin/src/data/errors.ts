import { HttpError } from 'react-admin';

/** One error of a GraphQL reply. */
export interface GraphQLProblem {
  message: string;
  extensions?: { code?: string; fields?: Record<string, string[]> };
}

/** HTTP's words for the API's codes; react-admin decides by them, e.g. 401 leads to the login page. */
const STATUS: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  BAD_USER_INPUT: 422,
};

/** The API's refusal as the error that react-admin understands; the errors of fields stand in `body.errors`. */
export function toHttpError({ message, extensions = {} }: GraphQLProblem): HttpError {
  const { code = '', fields } = extensions;
  const body = fields ? { errors: toFormErrors(fields) } : {};
  return new HttpError(fields ? allSentences(fields) : message, STATUS[code] ?? 500, body);
}

/**
 * Field errors as a form wants them: one text by input name. What belongs to the form as a whole has the name '' in the API
 * and `root.serverError` in the form.
 */
function toFormErrors(fields: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, sentences]) => [
      name === '' ? 'root.serverError' : name,
      sentences.join(' '),
    ]),
  );
}

function allSentences(fields: Record<string, string[]>): string {
  return Object.values(fields).flat().join(' ');
}

/** Moves the errors of what is no input of a form to the form as a whole, where they are seen and do not block it. */
export function gatherUnknown(error: HttpError, inputs: ReadonlySet<string>): HttpError {
  const body: unknown = error.body;
  if (typeof body !== 'object' || body === null || !('errors' in body)) return error;
  const errors = body.errors as Record<string, string>;
  const known: Record<string, string> = {};
  const rest: string[] = [];
  for (const [name, sentence] of Object.entries(errors)) {
    const root = name.split('.')[0] ?? '';
    if (root === 'root') rest.push(sentence);
    else if (inputs.has(root)) known[name] = sentence;
    else rest.push(`${root}: ${sentence}`);
  }
  const gathered = rest.length === 0 ? known : { ...known, 'root.serverError': rest.join('\n') };
  return new HttpError(error.message, error.status, { errors: gathered });
}
