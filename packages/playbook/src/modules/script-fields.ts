import type { RemoteOutput } from '../transport/transport.js';
import { ModuleError, NEXT } from './module.js';

/**
 * Script text for modules that decide on the machine. `say NAME VALUE` prints a field; both end with NUL, because a value may
 * hold anything else. `fail MESSAGE` ends the task as failed. `changes=1` before the end says that something changed.
 */
export const FIELDS =
  `export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; changes=0; said=; ` +
  `say() { printf '%s\\0%s\\0' "$1" "$2"; }; fail() { say failed "$1"; exit ${NEXT + 1}; }; `;

/** `try COMMAND…` keeps what the command prints in `$said`; its status is the command's. */
export const TRY = `try() { said=$("$@" 2>&1 </dev/null); }; `;

/** The end of a script that has done all its work. */
export const END = `say changed "$changes"`;

/** What a script has said, by name. */
export type Fields = ReadonlyMap<string, string>;

/** The end of a script that has read what is there and leaves the rest to another trip. */
export const MORE = `say changed 1; exit ${NEXT}`;

/** Reads what `say` printed. Throws ModuleError when the script called `fail` or broke; `what` follows "cannot". */
export function readFields(output: RemoteOutput, what: string): Fields {
  const parts = output.stdout.toString().split('\0');
  const fields = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    fields.set(parts[index] ?? '', parts[index + 1] ?? '');
  }
  const failed = fields.get('failed');
  if (failed !== undefined) throw new ModuleError(failed);
  if (fields.has('changed')) return fields;
  const why = output.stderr.toString().trim() || `the script ended with ${output.rc}`;
  throw new ModuleError(`cannot ${what}: ${why}`);
}
