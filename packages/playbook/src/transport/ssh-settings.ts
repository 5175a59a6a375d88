import { resolve } from 'node:path';
import { knownHostName } from './known-hosts.js';
import { readSshConfig } from './ssh-config.js';
import { readSshArguments, SshOptions } from './ssh-options.js';
import type { TrustRules } from './host-trust.js';
import type { ConnectionWishes } from './transport.js';

/** Whose ssh it is. */
export interface SshHome {
  readonly homeFolder: string;
  /** Who logs in where nothing else is said. */
  readonly userName: string;
  /** Instead of ~/.ssh/known_hosts. */
  readonly knownHostsFile?: string | undefined;
}

/** Everything that wishes, arguments and configuration files say about the way to one machine. */
export interface SshSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly trust: TrustRules;
  /** Key files in order. */
  readonly identityFiles: readonly string[];
  /** True: no keys of the agent but those files. */
  readonly identitiesOnly: boolean;
  /** `[user@]host[:port]`, the first hop first. */
  readonly jumps: readonly string[];
  readonly proxyCommand: string | undefined;
  readonly timeoutMs: number;
  readonly keepaliveMs: number | undefined;
  readonly configFile: string | undefined;
}

const SECOND = 1000;
const CONNECT_TIMEOUT_MS = 10 * SECOND;
const SSH_PORT = 22;
const GLOBAL_KNOWN_HOSTS = ['/etc/ssh/ssh_known_hosts'];

/** Wishes count before arguments, as Ansible writes its own options first; configuration files count last. */
async function gather(
  alias: string,
  wishes: ConnectionWishes,
  { homeFolder }: SshHome,
): Promise<{ options: SshOptions; configFile: string | undefined }> {
  const options = new SshOptions();
  if (wishes.hostKeyChecking === false) options.add('StrictHostKeyChecking', 'no');
  if (wishes.port !== undefined) options.add('Port', `${wishes.port}`);
  if (wishes.user !== undefined) options.add('User', wishes.user);
  if (wishes.privateKeyFile !== undefined) options.add('IdentityFile', wishes.privateKeyFile);
  const written = readSshArguments(wishes.sshArguments ?? []);
  options.addAll(written.options);
  const { configFile } = written;
  if (configFile === 'none') return { options, configFile };
  const path = configFile ?? `${homeFolder}/.ssh/config`;
  const file = { path: absolute(path, homeFolder), homeFolder, mustExist: configFile !== undefined };
  options.addAll(await readSshConfig(file, alias));
  return { options, configFile };
}

function absolute(path: string, homeFolder: string): string {
  return resolve(path.replace(/^~(?=\/|$)/, homeFolder));
}

function expand(text: string, tokens: Readonly<Record<string, string>>): string {
  return text.replaceAll(/%(.)/g, (whole, letter: string) =>
    letter === '%' ? '%' : (tokens[letter] ?? whole),
  );
}

/** The words that a shell of this machine gets to see; a name could be a command or an option there (as OpenSSH 9.6). */
function expandCommand(text: string, tokens: Readonly<Record<string, string>>): string {
  for (const [letter, word] of Object.entries(tokens)) {
    if (text.includes(`%${letter}`) && !/^[\w.:@+/~][\w.:@%+/~-]*$/.test(word))
      throw new Error(`the name ${JSON.stringify(word)} may not be part of a ProxyCommand`);
  }
  return expand(text, tokens);
}

function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`the ssh option ${name} is ${JSON.stringify(text)}; it takes a number`);
}

/** ProxyJump and ProxyCommand: the one that comes first, and `none` is neither. */
function proxyOf(options: SshOptions): { jumps: string[]; proxyCommand: string | undefined } {
  const name = options.firstOf(['proxyjump', 'proxycommand']);
  const value = name === undefined ? 'none' : (options.get(name) ?? 'none');
  if (value.toLowerCase() === 'none') return { jumps: [], proxyCommand: undefined };
  if (name === 'proxycommand') return { jumps: [], proxyCommand: value };
  return { jumps: value.split(',').map((each) => each.trim()), proxyCommand: undefined };
}

function isOff(value: string | undefined): boolean {
  return value !== undefined && ['no', 'off', 'accept-new'].includes(value.toLowerCase());
}

/** Throws what cannot be read or understood. */
export async function readSshSettings(
  alias: string,
  wishes: ConnectionWishes,
  home: SshHome,
): Promise<SshSettings> {
  const { options, configFile } = await gather(alias, wishes, home);
  const host = expand(options.get('HostName') ?? alias, { h: alias });
  const port = numberOf(options.get('Port'), 'Port') ?? SSH_PORT;
  const user = options.get('User') ?? home.userName;
  const tokens = { h: host, p: `${port}`, r: user, n: alias, d: home.homeFolder, u: home.userName };
  const filesOf = (text: string) => {
    const paths = text.split(/\s+/).filter((path) => path !== '' && path !== 'none');
    return paths.map((path) => absolute(expand(path, tokens), home.homeFolder));
  };
  const { jumps, proxyCommand } = proxyOf(options);
  const timeout = numberOf(options.get('ConnectTimeout'), 'ConnectTimeout');
  const alive = numberOf(options.get('ServerAliveInterval'), 'ServerAliveInterval');
  return {
    host,
    port,
    user,
    trust: {
      name: options.get('HostKeyAlias') ?? knownHostName(host, port),
      userFiles: filesOf(options.get('UserKnownHostsFile') ?? home.knownHostsFile ?? '~/.ssh/known_hosts'),
      globalFiles: filesOf(options.get('GlobalKnownHostsFile') ?? GLOBAL_KNOWN_HOSTS.join(' ')),
      checking: !isOff(options.get('StrictHostKeyChecking')),
    },
    identityFiles: options
      .all('IdentityFile')
      .flatMap((path) => (path === 'none' ? [] : [absolute(expand(path, tokens), home.homeFolder)])),
    identitiesOnly: options.get('IdentitiesOnly')?.toLowerCase() === 'yes',
    jumps: jumps.map((jump) => expand(jump, tokens)),
    proxyCommand: proxyCommand === undefined ? undefined : expandCommand(proxyCommand, tokens),
    timeoutMs: wishes.timeoutMs ?? (timeout === undefined ? CONNECT_TIMEOUT_MS : timeout * SECOND),
    keepaliveMs: alive === undefined || alive === 0 ? undefined : alive * SECOND,
    configFile,
  };
}
