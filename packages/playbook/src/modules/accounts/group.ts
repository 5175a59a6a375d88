import { plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { accountName } from './account-name.js';
import { defineModule, done, type ModuleContext } from '../module.js';
import { END, FIELDS, readFields, TRY } from '../script-fields.js';

/** `$e` becomes the group's line; getent takes a name of digits for a number, therefore the comparison. */
function lookUp(local: boolean): string {
  const find = local
    ? `while IFS= read -r l; do case $l in "$n":*) e=$l; break ;; esac; done </etc/group; `
    : `e=$(getent group "$n"); case $e in "$n":*) ;; *) e= ;; esac; `;
  return `look_up() { e=; ${find}}; look_up; `;
}

function work(command: string, { checkMode }: Pick<ModuleContext, 'checkMode'>): string {
  return `changes=1; ${checkMode ? '' : `try ${command} || fail "$said"; look_up; `}`;
}

interface Wanted {
  readonly gid: number | undefined;
  readonly system: boolean;
  readonly non_unique: boolean;
}

function present({ gid, system, non_unique: shared }: Wanted, context: ModuleContext): string {
  const number = gid === undefined ? '' : ` -g ${gid}${shared ? ' -o' : ''}`;
  const add = work(`groupadd${number}${system ? ' -r' : ''} -- "$n"`, context);
  const change =
    gid === undefined ? ':; ' : `[ "$i" = ${gid} ] || { ${work(`groupmod${number} -- "$n"`, context)}}; `;
  return `if [ -z "$e" ]; then ${add}else i=\${e#*:*:}; i=\${i%%:*}; ${change}fi; `;
}

export const group = defineModule({
  name: 'group',
  summary: 'Makes, changes and removes groups.',
  checkMode: 'supported',
  options: {
    name: { type: 'str', required: true, help: 'The group.' },
    gid: { type: 'int', help: 'Its number.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], help: 'Whether it exists.' },
    system: { type: 'bool', default: false, help: 'A new one gets a number below those of people.' },
    local: { type: 'bool', default: false, help: 'Look in /etc/group only, not in a directory service.' },
    non_unique: { type: 'bool', default: false, help: 'The number may be that of another group.' },
  },
  rules: { requiredIf: [['non_unique', true, ['gid']]] },
  examples: `
- group:
    name: deploy
    system: yes
`,
  returns: {
    name: 'The group.',
    gid: 'Its number.',
    state: 'present or absent.',
    system: 'Whether it was asked to be a system group.',
  },
  run(args, context) {
    const name = accountName(args.name, 'group');
    const state = plain(args.state);
    const steps =
      state === 'absent'
        ? `[ -z "$e" ] || { ${work('groupdel -- "$n"', context)}}; `
        : present(args, context);
    return {
      plan: {
        script: `${FIELDS}${TRY}n=${quote(name)}; ${lookUp(args.local)}${steps}say entry "$e"; ${END}`,
        interpret(output) {
          const fields = readFields(output, `change the group ${name}`);
          const gid = fields.get('entry')?.split(':')[2];
          return done({
            changed: fields.get('changed') === '1',
            returns: {
              name,
              state,
              ...(gid !== undefined && state === 'present' && { gid: Number(gid), system: args.system }),
            },
          });
        },
      },
    };
  },
});
