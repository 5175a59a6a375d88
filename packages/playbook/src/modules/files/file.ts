import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { expandingWord, pathWord, refuseEscape } from '../../shell/path-word.js';
import { attributeOptions, readAttributes } from './file-attributes.js';
import { attributesDiff, readReport, reportFunction, type FileReport } from './file-report.js';
import * as states from './file-states.js';
import { readTime } from './file-times.js';
import { defineModule, done, ModuleError, type Diff } from '../module.js';

const STATES = {
  absent: states.absent,
  directory: states.directory,
  file: states.regular,
  hard: states.hard,
  link: states.link,
  touch: states.touch,
};

function sourceWord(src: Str | undefined, state: string | undefined): string | undefined {
  if (src === undefined) return undefined;
  if (state !== 'link' && state !== 'hard')
    throw new ModuleError("src option requires state to be 'link' or 'hard'");
  refuseEscape(src, 'src');
  return expandingWord(src);
}

/** Of the state when it changes, of a link's target, and of attributes. The report's message is "kind>old target". */
function diffOf(report: FileReport, state: string | undefined, src: Str | undefined): Diff {
  const [kind = '', target = ''] = report.message.split(/>(.*)/s);
  const isOther = state !== undefined && state !== kind && !(state === 'hard' && kind === 'file');
  const isRelinked = state === 'link' && kind === 'link' && src !== undefined && target !== plain(src);
  return attributesDiff(report, {
    before: { ...(isOther && { state: kind }), ...(isRelinked && { src: target }) },
    after: { ...(isOther && { state }), ...(isRelinked && { src: plain(src) }) },
  });
}

export const file = defineModule({
  name: 'file',
  summary: 'Makes, changes and removes files, folders and links.',
  checkMode: 'supported',
  options: {
    ...attributeOptions,
    path: { type: 'path', required: true, aliases: ['dest', 'name'], help: 'The file.' },
    state: {
      type: 'str',
      choices: ['absent', 'directory', 'file', 'hard', 'link', 'touch'],
      help: 'What should be there. Default: what is there.',
    },
    src: { type: 'path', help: 'What a link points to.' },
    force: { type: 'bool', default: false, help: 'Make a link in place of a file, or to nothing.' },
    follow: { type: 'bool', default: true, help: 'Change what a link points to, not the link.' },
    recurse: {
      type: 'bool',
      default: false,
      help: 'Set the attributes of what is in a folder too. Links in it are left alone.',
    },
    access_time: { type: 'str', help: 'now, preserve, or a time of access_time_format.' },
    modification_time: { type: 'str', help: 'now, preserve, or a time of modification_time_format.' },
    access_time_format: { type: 'str', default: '%Y%m%d%H%M.%S', help: 'As for strptime.' },
    modification_time_format: { type: 'str', default: '%Y%m%d%H%M.%S', help: 'As for strptime.' },
  },
  examples: `
- file:
    path: /var/www/example
    state: directory
    mode: '0755'
`,
  returns: {
    path: 'The file.',
    dest: 'The file.',
    state: 'file, directory, link, hard or absent.',
    mode: 'Permissions, "0644".',
    owner: 'The user.',
    group: 'The group.',
    uid: "The user's number.",
    gid: "The group's number.",
    size: 'In bytes.',
  },
  run(args, { checkMode, diffMode }) {
    const state = args.state === undefined ? (args.recurse ? 'directory' : undefined) : plain(args.state);
    if (args.recurse && state !== 'directory')
      throw new ModuleError("recurse option requires state to be 'directory'");
    const otherwise = state === 'touch' ? 'now' : 'preserve';
    const source = sourceWord(args.src, state);
    const wishes: states.FileWishes = {
      ...{ attributes: readAttributes(args), checkMode, source },
      ...{ follow: args.follow, force: args.force, recurse: args.recurse },
      times: {
        access: readTime(args.access_time, args.access_time_format, otherwise),
        modification: readTime(args.modification_time, args.modification_time_format, otherwise),
      },
    };
    const steps = state === undefined ? states.existing : STATES[state as keyof typeof STATES];
    const intoFolder =
      state === 'hard' && source !== undefined ? `s=${source}; [ ! -d "$d" ] || d=\${d%/}/\${s##*/}; ` : '';
    return {
      plan: {
        script:
          `${reportFunction}o=; d=${pathWord(args.path, 'path')}; ${intoFolder}${states.kindOfFile}k0=$k; ` +
          `${steps(wishes)}case $c in 0) report ok '' ;; *) report changed "$k0>$o" ;; esac`,
        interpret(output) {
          const report = readReport(output, `change ${plain(args.path)}`);
          if (!('status' in report)) return report;
          const changed = report.status === 'changed';
          const facts = Object.keys(report.facts).length === 0 ? { state: 'absent' } : report.facts;
          return done({
            changed,
            ...(changed && diffMode && { diff: diffOf(report, state, args.src) }),
            returns: {
              ...{ path: report.path, dest: report.path, ...facts },
              ...(args.src !== undefined && { src: plain(args.src) }),
            },
          });
        },
      },
    };
  },
});
