import type { FieldErrors } from '@tenon/fields/validate';
import { ConflictError } from '@tenon/model/errors';

/** An edit that was made on an older state of the row than there is now; `fields` tells what is different there. */
export class StaleEditError extends ConflictError {
  constructor(
    label: string,
    readonly fields: FieldErrors,
  ) {
    const changed = Object.keys(fields);
    const what = changed.length === 0 ? 'fields that your form does not show' : changed.join(', ');
    super(
      `cannot save ${label}: somebody changed it meanwhile (${what}); look at the new values and save again`,
    );
  }
}
