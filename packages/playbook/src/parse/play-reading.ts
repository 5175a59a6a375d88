import { Environment } from '@tenon/jinja/environment';
import { plain } from '@tenon/jinja/text';
import { isTainted, omit, pyStr, type Value } from '@tenon/jinja/values';
import { LayeredScope, type Variables } from '../vars/layered-scope.js';
import { roleDefaults, roleVariables } from './roles/role-variables.js';
import type { Role } from './roles/role.js';
import { SourceError, type SourceFiles } from './source-files.js';
import type { Section } from './section.js';
import type { Inherited, Task, Work } from './tree.js';

/** What the reading of a run's files knows from outside. */
export interface ReadingOptions {
  readonly files: SourceFiles;
  /** The folder of the first playbook: roles and included files are looked for here too. */
  readonly folder: string;
  readonly rolesPath: readonly string[];
  /** Level 22: may be part of the name of an imported file. */
  readonly extraVars: Variables;
  readonly confined: boolean;
  /** What holds where no play says anything else. */
  readonly keywords: Inherited['keywords'];
}

/** The files of one play: what they have brought in so far. */
export class PlayReading {
  readonly handlers: Task[] = [];
  /** The roles whose variables the whole play sees: of `roles:`, imported, or included as public. */
  readonly roles: Role[] = [];
  /** Roles by name and parameters: the same one again is the same role. */
  readonly cache = new Map<string, Role>();
  /** Plays' variables, for names that must be known before the run. */
  vars: Variables = new Map();
  private readonly jinja = new Environment();

  constructor(readonly options: ReadingOptions) {}

  /** A name that is needed before there are hosts: templated with extra variables, the play's and the role's. Throws TemplateError, and SourceError for data. */
  staticName(value: Value, inherited: Inherited): string {
    const { role, roleChain } = inherited;
    const magic = new Map<string, Value>([
      ['playbook_dir', this.options.folder],
      ['omit', omit],
      ...(role === undefined
        ? []
        : ([
            ['role_name', role.name],
            ['role_path', role.path],
          ] as const)),
    ]);
    const scope = new LayeredScope([
      magic,
      this.options.extraVars,
      inherited.includeParams,
      inherited.vars,
      ...(role === undefined ? [] : [roleVariables(role, roleChain)]),
      this.vars,
      ...(role === undefined ? [] : [roleDefaults(role, roleChain)]),
    ]);
    const name = this.jinja.templateValue(value, scope);
    if (this.options.confined && isTainted(name))
      throw new SourceError(
        'refused: tenant data would choose a file of the synchronizer; name the file in the playbook',
      );
    return plain(pyStr(name));
  }
}

/** A list of tasks that is being read. */
export interface Reading {
  readonly play: PlayReading;
  readonly level: 'task' | 'handler';
  /** What stands for an import: the work that it imports. Undefined for a task that is none. */
  readonly expand: (task: Task, section: Section, reading: Reading) => readonly Work[] | undefined;
}
