import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { readReport, reportFunction } from './file-report.js';
import { defineModule, done, ModuleError } from '../module.js';

function namePart(text: Str, what: string): string {
  const part = plain(text);
  if (!/[/\0]/.test(part)) return quote(part);
  throw new ModuleError(`${what} is part of a name and has no "/": ${JSON.stringify(part)}`);
}

export const tempfile = defineModule({
  name: 'tempfile',
  summary: 'Makes a file or folder with a name of its own.',
  options: {
    state: { type: 'str', default: 'file', choices: ['directory', 'file'], help: 'Which of them.' },
    path: { type: 'path', help: "Where. Default: the machine's folder for temporary files." },
    prefix: { type: 'str', default: 'ansible.', help: 'How the name begins.' },
    suffix: { type: 'str', default: '', help: 'How the name ends.' },
  },
  examples: `
- tempfile:
    state: directory
  register: build
`,
  returns: { path: 'The file or folder.', mode: '0600, or 0700 for a folder.', state: 'file or directory.' },
  run(args) {
    const [prefix, suffix] = [namePart(args.prefix, 'prefix'), namePart(args.suffix, 'suffix')];
    const folder = args.path === undefined ? '"${TMPDIR:-/tmp}"' : pathWord(args.path, 'path');
    const flag = plain(args.state) === 'directory' ? ' -d' : '';
    return {
      plan: {
        script:
          `${reportFunction}d=${folder}; ` +
          `m=$(mktemp${flag} --suffix=${suffix} -- "\${d%/}/"${prefix}XXXXXXXX 2>&1) || report failed "$m"; d=$m; report changed ''`,
        interpret(output) {
          const report = readReport(output, 'make a temporary file');
          if (!('status' in report)) return report;
          return done({ changed: true, returns: { path: report.path, ...report.facts } });
        },
      },
    };
  },
});
