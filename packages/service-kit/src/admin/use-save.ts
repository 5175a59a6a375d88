import { useSaveContext, type HttpError, type SaveContextValue } from 'react-admin';

import type { TenonRecord } from './records.js';

/** Errors of a form by input name; `root.serverError` is what belongs to no input. */
export type SubmissionErrors = Record<string, unknown>;

/** Saves a form; `onSaved` is called with the stored record. Resolves with what is wrong, or undefined. */
export type Save = (
  values: Record<string, unknown>,
  onSaved: (saved: TenonRecord) => void,
) => Promise<SubmissionErrors | undefined>;

/**
 * Saves a form through the page's create or edit controller. Whatever goes wrong comes back as errors of the form: a
 * refusal without a field must keep the form dirty and its values in place as well.
 */
export function useSave(): Save {
  const { save } = useSaveContext<SaveContextValue<TenonRecord>>();

  return async (values, onSaved) => {
    if (!save) throw new Error('cannot save: there is no form page around this form');
    let problem: string | undefined;
    const fieldErrors: unknown = await save(values, {
      onSuccess: onSaved,
      onError: (error: HttpError) => {
        problem = error.message;
      },
    });
    if (isErrors(fieldErrors)) return fieldErrors;
    return problem === undefined ? undefined : { root: { serverError: problem } };
  };
}

function isErrors(value: unknown): value is SubmissionErrors {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
