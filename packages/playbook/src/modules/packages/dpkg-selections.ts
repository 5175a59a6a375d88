import { plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { defineModule, done, ModuleError } from '../module.js';
import { END, FIELDS, readFields } from '../script-fields.js';

export const dpkgSelections = defineModule({
  name: 'dpkg_selections',
  summary: 'Says what dpkg should do with a package: hold it, for example.',
  checkMode: 'supported',
  options: {
    name: { type: 'str', required: true, help: 'The package.' },
    selection: {
      type: 'str',
      required: true,
      choices: ['install', 'hold', 'deinstall', 'purge'],
      help: 'What should be done with it.',
    },
  },
  examples: `
- dpkg_selections:
    name: linux-image-amd64
    selection: hold
`,
  returns: { before: 'The selection as it was, or "not present".', after: 'The selection as it is.' },
  run(args, { checkMode, diffMode }) {
    const [name, after] = [plain(args.name), plain(args.selection)];
    if (!/^[a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?$/.test(name))
      throw new ModuleError(`${JSON.stringify(name)} is no package name`);
    const set = `said=$(printf '%s %s\\n' "$n" ${after} | dpkg --set-selections 2>&1) || fail "$said"; `;
    return {
      plan: {
        script:
          `${FIELDS}n=${quote(name)}; said=$(dpkg --get-selections "$n" 2>/dev/null) || fail "dpkg --get-selections failed"; ` +
          `set -- $said; say before "\${2-not present}"; ` +
          `[ "\${2-}" = ${after} ] || { changes=1; ${checkMode ? '' : set}}; ${END}`,
        interpret(output) {
          const fields = readFields(output, `select the package ${name}`);
          const before = fields.get('before') ?? '';
          return done({
            changed: fields.get('changed') === '1',
            returns: { before, after },
            ...(diffMode && { diff: { before: `${before}\n`, after: `${after}\n` } }),
          });
        },
      },
    };
  },
});
