import { textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

/** These make a file with what umask leaves. */
const CREATING = new Set(['assemble', 'copy', 'get_url', 'template']);
/** These only when they are told to. */
const CREATING_ON_DEMAND = new Set(['blockinfile', 'htpasswd', 'ini_file', 'lineinfile']);

const isOn = (text: unknown) => text === true || /^(?:yes|true|on|1)$/i.test(String(text));

export const riskyFilePermissions: Rule = {
  name: 'risky-file-permissions',
  summary: 'A file that is made has its mode written.',
  task({ module, args, moduleAt }) {
    if (args.has('mode')) return undefined;
    const state = textOf(args.get('state'));
    const creates =
      CREATING.has(module) ||
      (CREATING_ON_DEMAND.has(module) && isOn(args.get('create'))) ||
      (module === 'file' && (state === 'directory' || state === 'touch'));
    if (!creates) return undefined;
    return { at: moduleAt, message: 'who may read what this makes depends on a umask; add "mode"' };
  },
};
