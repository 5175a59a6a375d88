import { homedir, userInfo } from 'node:os';
import type { RunOptions } from '../run-playbook.js';
import { createInventoryTransport } from '../transport/inventory-transport.js';
import type { ConnectionWishes, Transport } from '../transport/transport.js';
import { openController } from './controller.js';
import { CommandError, EXIT } from './exit-code.js';
import { findPython } from './find-python.js';
import { askSecret, type Passwords } from './passwords.js';
import type { Prepared } from './prepare.js';

const SECOND = 1000;

/** `smart` and `paramiko` are ssh. Throws CommandError for what is neither ssh nor local. */
function connectionKind(written: string): 'ssh' | 'local' {
  const name = written.replace(/^ansible\.builtin\./, '');
  if (['ssh', 'smart', 'paramiko', 'paramiko_ssh'].includes(name)) return 'ssh';
  if (name === 'local') return 'local';
  throw new CommandError(`cannot connect with "${written}": only ssh and local are known`, EXIT.options);
}

function wishesOf({ parsed, config }: Prepared, passwords: Passwords): ConnectionWishes {
  const kind = connectionKind(parsed.text('connection') ?? config.transport);
  const privateKeyFile = parsed.text('private-key') ?? config.privateKeyFile;
  const { remotePort: port, hostKeyChecking } = config;
  return {
    kind,
    hostKeyChecking,
    timeoutMs: (parsed.number('timeout') ?? config.timeout) * SECOND,
    sshArguments: [
      config.sshArgs,
      parsed.text('ssh-common-args') ?? config.sshCommonArgs,
      parsed.text('ssh-extra-args') ?? config.sshExtraArgs,
    ].filter((each) => each !== ''),
    ...(port !== undefined && { port }),
    ...(privateKeyFile !== undefined && { privateKeyFile }),
    ...(passwords.connection !== undefined && { password: passwords.connection }),
  };
}

/** The way to the machines of a command. Throws CommandError. */
export function openTransport(prepared: Prepared, passwords: Passwords): Transport {
  const { invocation } = prepared;
  const asks = invocation.ask !== undefined;
  return createInventoryTransport({
    homeFolder: homedir(),
    userName: userInfo().username,
    knownHostsFile: invocation.env['SSH_KNOWN_HOSTS'],
    agentSocket: invocation.env['SSH_AUTH_SOCK'],
    ...(asks && {
      askPassphrase: (file: string) => askSecret(invocation, `Enter passphrase for key '${file}': `),
    }),
    wishes: wishesOf(prepared, passwords),
  });
}

/** What holds where a play says nothing. */
function keywordsOf({ parsed, config }: Prepared): NonNullable<RunOptions['keywords']> {
  const user = parsed.text('user') ?? config.remoteUser;
  return {
    become: parsed.has('become') || config.become,
    become_user: parsed.text('become-user') ?? config.becomeUser,
    become_method: parsed.text('become-method') ?? config.becomeMethod,
    connection: connectionKind(parsed.text('connection') ?? config.transport),
    ...(user !== undefined && { remote_user: user }),
  };
}

const words = (lists: readonly string[]) =>
  lists.flatMap((list) => list.split(',')).flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));

/** Everything that runPlaybook is told, from options and configuration. */
export function runOptionsOf(
  prepared: Prepared,
  transport: Transport,
  becomePassword: string | undefined,
): RunOptions {
  const { parsed, config, invocation, output, decrypt, limit, rereadInventory } = prepared;
  const startAtTask = parsed.text('start-at-task');
  const tags = words(parsed.list('tags'));
  const skipTags = words(parsed.list('skip-tags'));
  const { configFile, hashBehaviour, rolesPath } = config;
  const playbookPython = findPython(invocation.env['PATH']);
  return {
    ...{ transport, rolesPath, hashBehaviour, rereadInventory, signal: invocation.signal },
    confined: false,
    checkMode: parsed.has('check'),
    diffMode: parsed.has('diff') || config.diffAlways,
    tags: tags.length > 0 ? tags : config.tags,
    skipTags: skipTags.length > 0 ? skipTags : config.skipTags,
    forks: parsed.number('forks') ?? config.forks,
    forceHandlers: parsed.has('force-handlers') || config.forceHandlers,
    step: parsed.has('step'),
    verbosity: output.verbosity,
    controller: openController(invocation),
    keywords: keywordsOf(prepared),
    onEvent: (event) => output.onEvent(event),
    ...(startAtTask !== undefined && { startAtTask }),
    ...(limit !== undefined && { limit }),
    ...(becomePassword !== undefined && { becomePassword }),
    ...(decrypt !== undefined && { decrypt }),
    ...(configFile !== undefined && { configFile }),
    ...(playbookPython !== undefined && { playbookPython }),
  };
}
