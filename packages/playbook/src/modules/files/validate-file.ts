import { hasTaint, plain, spansOf, type Str } from '@tenon/jinja/text';
import { expandingWord } from '../../shell/path-word.js';
import { splitShellWords } from '../../shell/split-words.js';
import { ModuleError } from '../module.js';

/**
 * Script text that runs a `validate` command on the new file `$t` and reports a failure. The command is split into words
 * and meets no shell, as in Ansible. Throws ModuleError when it has no %s or holds tenant data.
 */
export function validation(validate: Str): string {
  if (hasTaint(validate))
    throw new ModuleError('refused: validate holds tenant data; write the command in the playbook');
  if (!plain(validate).includes('%s')) throw new ModuleError(`validate must contain %s: ${plain(validate)}`);
  const words = splitShellWords(spansOf(validate)).map((word) =>
    plain(word)
      .split('%s')
      .map((part) => (part === '' ? '' : expandingWord(part)))
      .join('"$t"'),
  );
  return `m=$(${words.join(' ')} </dev/null 2>&1) || report failed "failed to validate: rc:$? error:$m"; `;
}
