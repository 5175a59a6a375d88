import type { Duplex } from 'node:stream';
import { dialCommand, dialTcp } from './dial.js';
import { UnreachableError } from './errors.js';
import { readTrust } from './host-trust.js';
import { findIdentities, type AskPassphrase } from './identities.js';
import { cannotReach, openSshLink, type SshLink } from './ssh-link.js';
import { readSshSettings, type SshHome, type SshSettings } from './ssh-settings.js';
import type { ConnectionWishes } from './transport.js';
import { Turnstile } from './turnstile.js';

/** Whose keys and files are used. */
export interface SshOwner extends SshHome {
  /** SSH_AUTH_SOCK. */
  readonly agentSocket?: string | undefined;
  /** Default: keys with a passphrase are only used through the agent. */
  readonly askPassphrase?: AskPassphrase | undefined;
}

/** Handshakes at a time: more only make each of them slower, since one process does the arithmetic of all. */
const HANDSHAKES = 20;

interface Destination {
  readonly alias: string;
  readonly wishes: ConnectionWishes;
  /** Hops before it, the first one first, instead of those that the configuration names. */
  readonly jumps?: readonly string[];
  /** The jump hosts, each named with those before it, that wait for this one. */
  readonly waiting: readonly string[];
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `[user@]host[:port]`, and the same as a URL. */
function readJump(jump: string): Pick<Destination, 'alias' | 'wishes'> {
  const match = /^(?:ssh:\/\/)?(?:(.+)@)?(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(jump);
  const [, user, address, name, port] = match ?? [];
  const alias = address ?? name;
  if (alias === undefined) throw new Error(`the ProxyJump ${JSON.stringify(jump)} is not [user@]host[:port]`);
  return {
    alias,
    wishes: { ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) },
  };
}

/** `Host *` with a ProxyJump names the jump host as its own: that one is reached directly. */
function jumpsOf({ alias, jumps }: Destination, settings: SshSettings): readonly string[] {
  const all = jumps ?? settings.jumps;
  const last = all.at(-1);
  if (last === undefined) return [];
  const { port, user } = settings;
  const { alias: name, wishes } = readJump(last);
  const same = name === alias && (wishes.port ?? port) === port && (wishes.user ?? user) === user;
  return same ? [] : all;
}

/** Ways over ssh as OpenSSH would go them. All machines behind a jump host share the one connection to it. */
export class SshRoutes {
  private readonly turnstile = new Turnstile(HANDSHAKES);
  private readonly jumpLinks = new Map<string, Promise<SshLink>>();

  constructor(private readonly owner: SshOwner) {}

  /** Rejects with UnreachableError or CancelledError. */
  open(alias: string, wishes: ConnectionWishes, signal: AbortSignal | undefined): Promise<SshLink> {
    return this.turnstile.through(() => this.connect({ alias, wishes, waiting: [] }, signal));
  }

  /** Closes the connections to jump hosts. */
  close(): void {
    for (const link of this.jumpLinks.values()) void link.then((open) => open.close()).catch(() => undefined);
    this.jumpLinks.clear();
  }

  private async connect(destination: Destination, signal: AbortSignal | undefined): Promise<SshLink> {
    const { alias, wishes } = destination;
    let label = alias;
    const attempt = async () => {
      const settings = await readSshSettings(alias, wishes, this.owner);
      label = `${settings.user}@${settings.host}:${settings.port}`;
      const { methods, remedy } = await this.identities(settings, wishes);
      return {
        dial: () => this.dial(label, settings, destination),
        trust: await readTrust(settings.trust),
        identities: methods,
        ...{ label, remedy, user: settings.user },
        ...{ timeoutMs: settings.timeoutMs, keepaliveMs: settings.keepaliveMs },
      };
    };
    const ready = await attempt().catch((error: unknown) => {
      throw cannotReach('configuration', label, textOf(error), error);
    });
    return openSshLink(ready, signal);
  }

  private identities(settings: SshSettings, wishes: ConnectionWishes) {
    const { homeFolder, agentSocket, askPassphrase } = this.owner;
    const { user, identityFiles, identitiesOnly } = settings;
    const requiredFile = wishes.privateKeyFile === undefined ? undefined : identityFiles[0];
    const { password } = wishes;
    return findIdentities({
      ...{ user, identityFiles, identitiesOnly, requiredFile, password },
      ...{ homeFolder, agentSocket, askPassphrase },
    });
  }

  private async dial(label: string, settings: SshSettings, destination: Destination): Promise<Duplex> {
    const { host, port, proxyCommand } = settings;
    const jumps = jumpsOf(destination, settings);
    if (jumps.length === 0)
      return proxyCommand === undefined ? dialTcp(host, port) : dialCommand(proxyCommand);
    try {
      const link = await this.jump(jumps, settings.configFile, destination.waiting);
      return await link.forward(host, port);
    } catch (error) {
      const code = error instanceof UnreachableError ? error.code : 'refused';
      throw cannotReach(code, label, `no way through ${jumps.join(',')}: ${textOf(error)}`, error);
    }
  }

  private jump(
    jumps: readonly string[],
    configFile: string | undefined,
    waiting: readonly string[],
  ): Promise<SshLink> {
    const key = JSON.stringify([configFile, ...jumps]);
    if (waiting.includes(key)) throw new Error('one jump host leads to the other and back');
    const open = () => this.hop(jumps, configFile, [...waiting, key]);
    const known = this.jumpLinks.get(key)?.catch(() => undefined);
    const link = known === undefined ? open() : known.then((kept) => (kept?.open === true ? kept : open()));
    this.jumpLinks.set(key, link);
    return link;
  }

  /** Like `ssh -J`: a hop knows the configuration file, not the arguments that were meant for the machine behind it. */
  private async hop(
    jumps: readonly string[],
    configFile: string | undefined,
    waiting: readonly string[],
  ): Promise<SshLink> {
    const { alias, wishes } = readJump(jumps.at(-1) ?? '');
    const before = jumps.slice(0, -1);
    const sshArguments = configFile === undefined ? [] : [`-F '${configFile}'`];
    const destination = { alias, wishes: { ...wishes, sshArguments }, waiting };
    // No signal: others may wait for it when this one is cancelled.
    return this.connect(before.length > 0 ? { ...destination, jumps: before } : destination, undefined);
  }
}
