const MARK = '@@react-admin@@';

/** The sentence in an error of the form; react-admin wraps what a validator returns. */
export function errorText(
  message: string | undefined,
  translate: (key: string) => string,
): string | undefined {
  if (message === undefined || message === '') return undefined;
  if (!message.startsWith(MARK)) return message;
  const wrapped: unknown = JSON.parse(message.slice(MARK.length));
  return typeof wrapped === 'string' ? translate(wrapped) : message;
}
