import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** What the environment says, for all commands in scripts/. */
export interface Config {
  /** TENON_HOME: where an installation keeps its data. @default `.tenon` in the clone */
  home: string;
  /** TENON_PORT. @default 9999 */
  port: number;
  /** TENON_HOST: the address to listen on; undefined means loopback only. */
  host: string | undefined;
  /** TENON_ADMIN_PASSWORD: the password of padmin@vicci.org at the first start, and of the tutorial's login. */
  adminPassword: string | undefined;
  /** TENON_URL: an installation that runs already, for the tutorial and the tests of the browser. */
  url: string | undefined;
  /** TENON_NO_INSTALL=1: nothing is installed on this machine, and no engine is started. */
  mayInstall: boolean;
  /** DOCKER_HOST: the engine to use, unix://… or tcp://… */
  dockerHost: string | undefined;
  /** TENON_ENGINE_SOCKET: the socket of an engine that somebody started for us. */
  engineSocket: string | undefined;
  /** TENON_TEST_ENGINE_SOCKET: the engine for the tests. @default one that is there, else one started for them */
  testEngineSocket: string | undefined;
  /** TENON_PUBLIC_KEYS_DIR: *.pub in it become the administrator's keys. @default ~/.ssh */
  publicKeysDir: string;
  /** The address by which this machine was reached over SSH; undefined without SSH. */
  sshServer: string | undefined;
  /** When bootstrap.mjs began, in ms since 1970, so that times include the installation of packages. */
  startedAt: number;
  /** CI is set: nobody is there to answer a question. */
  isUnattended: boolean;
}

function positiveInteger(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new Error(`cannot use ${name}=${text}: it must be a port from 1 to 65535`);
  }
  return value;
}

/** Reads the configuration. Throws with the variable's name when one makes no sense. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const text = (name: string) => (env[name] === '' ? undefined : env[name]);
  return {
    home: resolve(text('TENON_HOME') ?? join(root, '.tenon')),
    port: positiveInteger('TENON_PORT', env['TENON_PORT'], 9999),
    host: text('TENON_HOST'),
    adminPassword: text('TENON_ADMIN_PASSWORD'),
    url: text('TENON_URL')?.replace(/\/$/, ''),
    mayInstall: env['TENON_NO_INSTALL'] !== '1',
    dockerHost: text('DOCKER_HOST'),
    engineSocket: text('TENON_ENGINE_SOCKET'),
    testEngineSocket: text('TENON_TEST_ENGINE_SOCKET'),
    publicKeysDir: text('TENON_PUBLIC_KEYS_DIR') ?? join(homedir(), '.ssh'),
    sshServer: env['SSH_CONNECTION']?.split(' ')[2],
    startedAt: Number(env['TENON_STARTED_AT'] ?? Date.now()),
    isUnattended: env['CI'] !== undefined && env['CI'] !== '',
  };
}

/** What a child gets of our environment: all of it, apart from secrets and settings that are meant for one program. */
export function inheritedEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(TENON_|npm_|DATABASE_URL$|REDIS_URL$|SERVICE_KEY_FILE$)/.test(name),
  );
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The folders in which programs are looked for: PATH and those for administrators, which a user's PATH lacks on Debian. */
export function programFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  return [...(env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(
    (folder) => folder !== '',
  );
}
