import { defineModule, failure } from '../module.js';

const run = () => failure('cannot run an include on a machine');

const file = { type: 'str', aliases: ['file'], help: 'The file, beside the one that names it.' } as const;
const apply = { type: 'dict', help: 'Keywords for the tasks of the file.' } as const;

/** Adds the tasks of a file when it is reached (run/include). */
export const includeTasks = defineModule({
  name: 'include_tasks',
  summary: 'Adds the tasks of a file when it is reached.',
  checkMode: 'supported',
  options: { cmd: file, apply },
  freeForm: [],
  examples: `
- include_tasks: setup-{{ ansible_os_family }}.yml
`,
  returns: {},
  run,
});

/** Adds the tasks of a file before the play begins (parse/read-work.ts). */
export const importTasks = defineModule({
  name: 'import_tasks',
  summary: 'Adds the tasks of a file before the play begins.',
  checkMode: 'supported',
  options: { cmd: file },
  freeForm: [],
  examples: `
- import_tasks: install.yml
`,
  returns: {},
  run,
});

/** The old spelling of both. */
export const include = defineModule({
  name: 'include',
  summary: 'The old spelling of include_tasks and import_tasks.',
  checkMode: 'supported',
  options: { cmd: file },
  freeForm: [],
  examples: `
- include: install.yml
`,
  returns: {},
  run,
});

const roleOptions = {
  name: { type: 'str', aliases: ['role'], required: true, help: 'The role.' },
  tasks_from: { type: 'str', default: 'main', help: 'The file of tasks/.' },
  vars_from: { type: 'str', default: 'main', help: 'The file of vars/.' },
  defaults_from: { type: 'str', default: 'main', help: 'The file of defaults/.' },
  handlers_from: { type: 'str', default: 'main', help: 'The file of handlers/.' },
  allow_duplicates: { type: 'bool', default: true, help: 'Run it although it has been run.' },
  rolespec_validate: {
    type: 'bool',
    default: true,
    help: 'Check its variables with meta/argument_specs.yml.',
  },
} as const;

/** Adds the tasks of a role when it is reached (run/include). */
export const includeRole = defineModule({
  name: 'include_role',
  summary: 'Adds the tasks of a role when it is reached.',
  checkMode: 'supported',
  options: {
    ...roleOptions,
    apply,
    public: { type: 'bool', default: false, help: 'Show its variables to the rest of the play.' },
  },
  examples: `
- include_role:
    name: database
    tasks_from: backup
`,
  returns: {},
  run,
});

/** Adds the tasks of a role before the play begins (parse/read-work.ts). */
export const importRole = defineModule({
  name: 'import_role',
  summary: 'Adds the tasks of a role before the play begins.',
  checkMode: 'supported',
  options: roleOptions,
  examples: `
- import_role:
    name: database
`,
  returns: {},
  run,
});
