import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { withEntry, withoutEntry } from './fstab.js';
import {
  defineModule,
  done,
  type MachineRequest,
  type ModuleContext,
  type ModuleResult,
  type Plan,
} from '../module.js';
import { mountOptions, readMounting, type Mounting } from './mount-options.js';
import { beginScript, LEAVE_PLACE, liveScript, lookScript, mountSteps } from './mount-script.js';
import { rewriteText } from '../files/rewrite-text.js';
import { END, readFields, type Fields } from '../script-fields.js';

const LIVE = new Set(['unmounted', 'remounted', 'ephemeral']);

function resultOf(mounting: Mounting, changed: boolean, backup = ''): ModuleResult {
  const { name, src, fstype, hasSource, opts, dump, passno, fstab, boot, warnings } = mounting;
  return {
    changed,
    returns: {
      ...{ name, opts, dump, passno, fstab, boot, backup_file: backup },
      ...(warnings.length > 0 && { warnings }),
      ...(hasSource && { src }),
      ...(fstype !== '' && { fstype }),
    },
  };
}

/** The second trip: the new fstab, and what has to be mounted or unmounted with it. */
function actScript(mounting: Mounting, before: string | undefined): MachineRequest {
  const { state, name, src, hasSource, fstab, backup } = mounting;
  const removes = state === 'absent' || state === 'absent_from_fstab';
  const text = before ?? '';
  const after = removes ? withoutEntry(text, name, hasSource ? src : undefined) : withEntry(text, mounting);
  const begin = beginScript(mounting);
  if (after === undefined)
    return {
      script: `${begin}${state === 'mounted' ? `${mountSteps(mounting, 'old')}changes=1; ` : ''}${END}`,
    };
  const folder = `mkdir -p -- ${quote(fstab.replace(/\/[^/]*$/, '') || '/')} || fail 'cannot make the folder of fstab'; `;
  const { script, stdin } = rewriteText({
    path: quote(fstab),
    before,
    after,
    backup,
    first: state === 'mounted' ? mountSteps(mounting, 'new') : '',
  });
  return {
    script: `${begin}${before === undefined ? folder : ''}${script}${state === 'absent' ? LEAVE_PLACE : ''}changes=1; ${END}`,
    stdin,
  };
}

/** In check mode: whether the first trip has found something to do. */
function wouldChange(mounting: Mounting, found: Fields): boolean {
  const { state, name, src, hasSource } = mounting;
  const text = found.get('text') ?? '';
  if (state === 'absent' || state === 'absent_from_fstab')
    return withoutEntry(text, name, hasSource ? src : undefined) !== undefined;
  return withEntry(text, mounting) !== undefined || (state === 'mounted' && found.get('mounted') !== '1');
}

function bringLive(mounting: Mounting, checkMode: boolean): Plan {
  return {
    script: liveScript(mounting, checkMode),
    interpret(output) {
      const found = readFields(output, `mount ${mounting.name}`);
      return done(resultOf(mounting, found.get('changed') === '1'));
    },
  };
}

function bring(mounting: Mounting, { checkMode }: ModuleContext): Plan {
  const what = `mount ${mounting.name}`;
  return {
    script: lookScript(mounting),
    interpret(output) {
      const found = readFields(output, what);
      if (found.get('changed') === '0') return done(resultOf(mounting, false));
      if (checkMode) return done(resultOf(mounting, wouldChange(mounting, found)));
      const before = found.get('there') === '1' ? found.get('text') : undefined;
      const interpret = (answer: RemoteOutput) => {
        const did = readFields(answer, what);
        return done(resultOf(mounting, did.get('changed') === '1', did.get('backup_file')));
      };
      return { plan: { ...actScript(mounting, before), interpret } };
    },
  };
}

export const mount = defineModule({
  name: 'mount',
  summary: 'Mounts file systems and keeps their entries in fstab.',
  checkMode: 'supported',
  options: mountOptions,
  rules: {
    requiredIf: ['mounted', 'present', 'ephemeral'].map(
      (state) => ['state', state, ['src', 'fstype']] as const,
    ),
  },
  examples: `
- ansible.posix.mount:
    path: /srv/data
    src: LABEL=data
    fstype: ext4
    opts: noatime
    state: mounted
`,
  returns: {
    name: 'Where it is mounted.',
    src: 'What is mounted.',
    fstype: 'The kind of file system.',
    opts: 'The options.',
    fstab: 'The file of entries.',
    backup_file: 'Where the old fstab went; empty when it was not kept.',
  },
  run(args, context) {
    const mounting = readMounting(args);
    return {
      plan: LIVE.has(mounting.state) ? bringLive(mounting, context.checkMode) : bring(mounting, context),
    };
  },
});
