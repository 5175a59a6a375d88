import type { Value } from '@tenon/jinja/values';
import { ModuleError } from '../../modules/module.js';
import type { ConnectionWishes } from '../../transport/transport.js';
import type { Attempt } from '../attempt.js';
import { Templates } from '../run.js';
import { LOCAL, type Doer } from './doer.js';

const OVER_SSH = new Set(['ssh', 'smart', 'paramiko', 'paramiko_ssh', 'ssh2']);

/** The first of several variables that is there; variables win over keywords. */
export class ConnectionVariables {
  readonly templates: Templates;

  constructor({ play, task }: Attempt, doer: Doer) {
    this.templates = new Templates(play.surroundings(task).jinja, doer.scope);
  }

  raw(...names: readonly string[]): Value | undefined {
    for (const name of names) {
      const value = this.templates.scope.get(name);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  text(...names: readonly string[]): string | undefined {
    return this.templates.text(this.raw(...names));
  }

  number(...names: readonly string[]): number | undefined {
    return this.templates.number(this.raw(...names));
  }

  flag(...names: readonly string[]): boolean | undefined {
    return this.templates.flag(this.raw(...names));
  }
}

function kindOf({ play, task }: Attempt, doer: Doer, variables: ConnectionVariables): 'ssh' | 'local' {
  const { inventory, confined } = play.run.settings;
  const implied = LOCAL.has(doer.host.name) && !inventory.has(doer.host.name) ? 'local' : undefined;
  const keyword = doer.delegated ? implied : undefined;
  const written =
    variables.text('ansible_connection') ??
    keyword ??
    variables.templates.text(task.keywords.connection) ??
    implied ??
    'ssh';
  const kind = written.replace(/^ansible\.(?:builtin|legacy)\./, '');
  if (kind === 'local' && confined)
    throw new ModuleError(
      'refused: ansible_connection "local" would run this on the machine of the synchronizer; use ssh',
    );
  if (kind === 'local') return 'local';
  if (OVER_SSH.has(kind)) return 'ssh';
  throw new ModuleError(`cannot connect by "${kind}": only ssh and local are known`);
}

/** How the machine of a task is to be reached. Throws ModuleError for a way that there is not, and TemplateError. */
export function wishesOf(attempt: Attempt, doer: Doer): ConnectionWishes {
  const { keywords } = attempt.task;
  const variables = new ConnectionVariables(attempt, doer);
  const { templates } = variables;
  const wishes = {
    kind: kindOf(attempt, doer, variables),
    address: variables.text('ansible_host', 'ansible_ssh_host'),
    port: variables.number('ansible_port', 'ansible_ssh_port') ?? templates.number(keywords.port),
    user: variables.text('ansible_user', 'ansible_ssh_user') ?? templates.text(keywords.remote_user),
    password: variables.text('ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password'),
    privateKeyFile: variables.text('ansible_ssh_private_key_file', 'ansible_private_key_file'),
    hostKeyChecking: variables.flag('ansible_ssh_host_key_checking', 'ansible_host_key_checking'),
    timeoutMs: templates.milliseconds(variables.raw('ansible_ssh_timeout', 'ansible_timeout')),
  };
  const sshArguments = ['ansible_ssh_args', 'ansible_ssh_common_args', 'ansible_ssh_extra_args'].flatMap(
    (name) => variables.text(name) ?? [],
  );
  const given = Object.entries(wishes).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(sshArguments.length > 0 && { sshArguments }) };
}
