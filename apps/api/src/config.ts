import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The original's first password; allowed only where `npm start` set the installation up for itself. */
const WELL_KNOWN_PASSWORD = 'letmein';

/** Everything the api takes from its environment. */
export interface Config {
  /** PostgreSQL, as a URL. */
  databaseUrl: string;
  /** Redis for the queue, or null: then the queue lives in PostgreSQL. */
  redisUrl: string | null;
  /** AES-256-GCM key of the secret columns, 32 bytes. */
  secretKey: Buffer;
  /** Address to listen on. @default '127.0.0.1' */
  host: string;
  /** @default 9999 */
  port: number;
  /** Origins besides `http://localhost:*` under which people reach this server, e.g. `https://tenon.example.org`. */
  origins: string[];
  /** Started by `npm start` on its own database: the well-known first password is allowed. */
  embedded: boolean;
  /** Folder of the playbooks that a service may choose from. */
  playbooksDir: string;
  /** Folder of the built admin pages. */
  adminDir: string;
  logLevel: string;
  /** Version of this program, from its package.json. */
  version: string;
}

/** Who the first administrator is, as in the original. */
export const ADMIN_EMAIL = 'padmin@vicci.org';

/** What only the first start needs: who the first administrator is. */
export interface BootstrapConfig {
  adminPassword: string;
  /** Whether the password is the well-known one, which has to be changed. */
  isWellKnownPassword: boolean;
  /** Folder whose `*.pub` files become the first administrator's keys. */
  publicKeysDir: string;
}

/** The environment lacks something or holds nonsense; the text says what to set. */
class ConfigError extends Error {}

/** Reads the environment. @throws ConfigError saying what to set, when something is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return {
    databaseUrl: required(env, 'DATABASE_URL', 'a URL such as postgres://tenon:…@localhost:5432/tenon'),
    redisUrl: env['REDIS_URL'] ?? null,
    secretKey: readSecretKey(env),
    host: env['TENON_HOST'] ?? '127.0.0.1',
    port: readPort(env['TENON_PORT'] ?? '9999'),
    origins: readOrigins(env['TENON_ORIGINS'] ?? ''),
    embedded: env['TENON_EMBEDDED'] === '1',
    playbooksDir: resolve(env['TENON_PLAYBOOKS'] ?? 'playbooks'),
    adminDir: fileURLToPath(new URL('../../admin/dist', import.meta.url)),
    logLevel: env['TENON_LOG_LEVEL'] ?? 'info',
    version: readVersion(),
  };
}

/** Reads what bootstrapping needs. @throws ConfigError without TENON_ADMIN_PASSWORD, unless TENON_EMBEDDED=1. */
export function readBootstrapConfig(env: NodeJS.ProcessEnv = process.env): BootstrapConfig {
  const given = env['TENON_ADMIN_PASSWORD'];
  if (!given && env['TENON_EMBEDDED'] !== '1') {
    throw new ConfigError(
      'cannot bootstrap: TENON_ADMIN_PASSWORD is not set; ' +
        `set it to the password that ${ADMIN_EMAIL} shall have`,
    );
  }
  if (given === WELL_KNOWN_PASSWORD && env['TENON_EMBEDDED'] !== '1') {
    throw new ConfigError('cannot bootstrap: TENON_ADMIN_PASSWORD is the well-known one; choose another');
  }
  return {
    adminPassword: given ?? WELL_KNOWN_PASSWORD,
    isWellKnownPassword: !given || given === WELL_KNOWN_PASSWORD,
    publicKeysDir: env['TENON_PUBLIC_KEYS_DIR'] ?? join(homedir(), '.ssh'),
  };
}

function required(env: NodeJS.ProcessEnv, name: string, what: string): string {
  const value = env[name];
  if (!value) throw new ConfigError(`cannot start: ${name} is not set; set it to ${what}`);
  return value;
}

function readVersion(): string {
  const description = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(description) as { version: string }).version;
}

function readSecretKey(env: NodeJS.ProcessEnv): Buffer {
  const file = env['TENON_SECRET_KEY_FILE'];
  const hex = env['TENON_SECRET_KEY'] ?? (file ? readFileSync(file, 'utf8').trim() : '');
  if (!/^[0-9a-f]{64}$/i.test(hex)) {
    throw new ConfigError(
      'cannot start: the secret key is not 64 hexadecimal digits; set TENON_SECRET_KEY or TENON_SECRET_KEY_FILE ' +
        '(made by: openssl rand -hex 32)',
    );
  }
  return Buffer.from(hex, 'hex');
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError(`cannot start: TENON_PORT is "${text}"; set it to a number from 0 to 65535`);
  }
  return port;
}

function readOrigins(text: string): string[] {
  return text
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')
    .map((origin) => {
      if (!URL.canParse(origin)) {
        throw new ConfigError(
          `cannot start: TENON_ORIGINS holds "${origin}"; write origins as https://host:port`,
        );
      }
      return new URL(origin).origin;
    });
}
