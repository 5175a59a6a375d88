import { plain, type Str } from '@tenon/jinja/text';
import { ModuleError } from '../module.js';

/**
 * The name of a user or group. What useradd allows is its own affair; here is refused what would be an option, end a field of
 * /etc/passwd or lead out of a folder. Throws ModuleError.
 */
export function accountName(name: Str, what: string): string {
  const text = plain(name);
  if (/^[^\s:,/-][^\s:,/]*$/.test(text)) return text;
  throw new ModuleError(`${JSON.stringify(text)} is no name for a ${what}`);
}
