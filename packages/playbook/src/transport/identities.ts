import { readFile } from 'node:fs/promises';
import ssh2, { type AnyAuthMethod } from 'ssh2';

/** Asks a person for the passphrase of a key file; undefined when there is nobody, or no answer. */
export type AskPassphrase = (keyFile: string) => Promise<string | undefined>;

/** What there is to prove who we are. */
export interface IdentitySources {
  readonly user: string;
  /** Key files in order. When there are none: the agent, then those of OpenSSH in `~/.ssh`. */
  readonly identityFiles: readonly string[];
  /** True: no keys of the agent. */
  readonly identitiesOnly: boolean;
  /** A key file that must be usable. */
  readonly requiredFile: string | undefined;
  readonly homeFolder: string;
  /** SSH_AUTH_SOCK. */
  readonly agentSocket: string | undefined;
  readonly askPassphrase: AskPassphrase | undefined;
  readonly password: string | undefined;
}

/** In order; `remedy` says what to do when none is taken. */
export interface Identities {
  readonly methods: readonly AnyAuthMethod[];
  readonly remedy: string;
}

const DEFAULT_FILES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

type KeyFile =
  | { readonly key: string; readonly passphrase?: string }
  | { readonly problem: string; readonly locked: boolean };

function isLocked(problem: Error): boolean {
  return /no passphrase given/.test(problem.message);
}

async function readKeyFile(path: string, ask: AskPassphrase | undefined): Promise<KeyFile> {
  let key: string;
  try {
    key = await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `the private key file cannot be read: ${why}`, locked: false };
  }
  const parsed = ssh2.utils.parseKey(key);
  if (!(parsed instanceof Error)) return { key };
  if (!isLocked(parsed))
    return {
      problem: `the private key file ${path} cannot be read; it must be OpenSSH or PEM`,
      locked: false,
    };
  const passphrase = await ask?.(path);
  const locked = `the private key file ${path} has a passphrase; add it to the agent with ssh-add, or use a key without`;
  if (passphrase === undefined) return { problem: locked, locked: true };
  if (ssh2.utils.parseKey(key, passphrase) instanceof Error)
    return { problem: `the passphrase of the private key file ${path} is wrong`, locked: false };
  return { key, passphrase };
}

/** Both ways in which sshd takes a password. */
function passwordMethods(username: string, password: string | undefined): AnyAuthMethod[] {
  if (password === undefined) return [];
  return [
    { type: 'password', username, password },
    {
      type: 'keyboard-interactive',
      username,
      prompt: (...[, , , prompts, finish]) => finish(prompts.map(() => password)),
    },
  ];
}

/** The key files that can be used, and what is wrong with the others that somebody may wonder about. */
async function readKeyFiles(
  sources: IdentitySources,
  agent: boolean,
): Promise<{ keys: AnyAuthMethod[]; problems: string[] }> {
  const { user: username, homeFolder, identityFiles, requiredFile, askPassphrase } = sources;
  const named = identityFiles.length > 0;
  const paths = named ? identityFiles : DEFAULT_FILES.map((name) => `${homeFolder}/.ssh/${name}`);
  const problems: string[] = [];
  const keys: AnyAuthMethod[] = [];
  for (const path of new Set(paths)) {
    // Nobody is asked for the passphrase of a key that was not named.
    const file = await readKeyFile(path, named ? askPassphrase : undefined);
    if ('key' in file) keys.push({ type: 'publickey', username, ...file });
    else if (path === requiredFile && !(file.locked && agent)) throw new Error(file.problem);
    else if (named || file.locked) problems.push(file.problem);
  }
  return { keys, problems };
}

/** Throws when the required key file cannot be used, or when there is nothing to prove anything with. */
export async function findIdentities(sources: IdentitySources): Promise<Identities> {
  const { user: username, agentSocket, identitiesOnly, homeFolder, password } = sources;
  const agent: AnyAuthMethod[] =
    agentSocket === undefined || identitiesOnly ? [] : [{ type: 'agent', username, agent: agentSocket }];
  const { keys, problems } = await readKeyFiles(sources, agent.length > 0);
  // sshd counts: what was named comes first.
  const proofs = sources.identityFiles.length > 0 ? [...keys, ...agent] : [...agent, ...keys];
  const methods = [...proofs, ...passwordMethods(username, password)];
  if (methods.length === 0) {
    const why = problems[0] ?? `there is neither an ssh agent nor a key in ${homeFolder}/.ssh`;
    throw new Error(`${why}; name a key (ansible_ssh_private_key_file) or give a password`);
  }
  const question = `is the public key in the authorized_keys of ${username}`;
  const remedy = password === undefined ? `${question}?` : `${question}, or the password right?`;
  return { methods, remedy: [remedy, ...problems].join(' ') };
}
