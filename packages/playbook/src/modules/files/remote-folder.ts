import { basename } from 'node:path';
import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { NEXT, type Plan } from '../module.js';
import type { FolderEntry } from './walk-folder.js';

/** Printed in front of a list, and of nothing else that a script prints. */
const MARK = 'tenon-folder\0';

function entriesOf(listing: string): FolderEntry[] {
  const fields = listing.split('\0');
  const entries: FolderEntry[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [kind, mode = '', name = '', target = ''] = fields.slice(at, at + 4);
    if (kind === 'd') entries.push({ kind: 'folder', name });
    else if (kind === 'l') entries.push({ kind: 'link', name, target });
    else if (kind === 'f') entries.push({ kind: 'file', name, mode, content: undefined });
  }
  return entries;
}

/**
 * The plan for a file on the machine, or when the machine finds that it is a folder, the plan that `next` makes of its
 * entries and of the name that it gets at the destination ('' with a slash at the end of `src`).
 */
export function listRemoteFolder(
  src: Str,
  followLinks: boolean,
  file: Plan,
  next: (entries: readonly FolderEntry[], name: string) => Plan,
): Plan {
  const list =
    `s=${pathWord(src, 'src')}; if [ -d "$s" ]; then printf 'tenon-folder\\0'; ` +
    `find${followLinks ? ' -L' : ''} "$s/" -mindepth 1 -printf '%y\\0%m\\0%P\\0%l\\0' || exit 1; exit ${NEXT}; fi; `;
  return {
    script: list + file.script,
    interpret(output) {
      const text = output.stdout.toString();
      if (!text.startsWith(MARK)) return file.interpret(output);
      const name = plain(src).endsWith('/') ? '' : basename(plain(src));
      const entries = entriesOf(text.slice(MARK.length));
      return {
        plan: next(
          name !== '' || entries.length === 0 ? [{ kind: 'folder', name: '' }, ...entries] : entries,
          name,
        ),
      };
    },
  };
}
