import { LookupError } from '@tenon/jinja/errors';
import { isTainted, type Value } from '@tenon/jinja/values';
import { characters } from '@tenon/jinja/python/convert';

/** The characters of a term that decides what is read or run. Throws LookupError for tenant data, which never does. */
export function trustedTerm(lookup: string, term: Value): string {
  if (!isTainted(term)) return characters(term);
  throw new LookupError(
    `refused: untrusted text would tell the lookup '${lookup}' what to read`,
    'name it in the playbook',
  );
}

/** Throws LookupError in a confined run. `what`: what the lookup would touch. */
export function refuseConfined(lookup: string, confined: boolean, what: string): void {
  if (!confined) return;
  throw new LookupError(
    `refused: the lookup '${lookup}' would ${what} on the machine that runs the engine`,
    'give the value as a variable of the run',
  );
}
