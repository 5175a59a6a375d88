import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything the worker takes from its environment. */
export interface Config {
  /** PostgreSQL, as a URL. */
  databaseUrl: string;
  /** Redis for the queue, or null: then the queue lives in PostgreSQL. */
  redisUrl: string | null;
  /** AES-256-GCM key of the secret columns, 32 bytes. */
  secretKey: Buffer;
  /** Folder of the playbooks. @default './playbooks' */
  playbooksDir: string;
  /** Folder for what images are built from. @default '<TENON_HOME>/images' */
  imageCacheDir: string;
  /** A private key in OpenSSH format that new services sign in with, its public half beside it as `.pub`; null: each gets its own. */
  serviceKeyFile: string | null;
  engine: EngineSettings;
  /** The host's proxy, handed to image builds. */
  proxy: { http?: string; https?: string; no?: string };
  logLevel: string;
}

/** Where to look for a container engine. */
interface EngineSettings {
  dockerHost: string | undefined;
  engineSocket: string | undefined;
  runtimeDir: string | undefined;
  tls: { ca: string; cert: string; key: string } | undefined;
}

/** The environment lacks something or holds nonsense; the text says what to set. */
class ConfigError extends Error {}

/** Reads the environment. @throws ConfigError saying what to set, when something is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const databaseUrl = env['DATABASE_URL'];
  if (!databaseUrl) {
    throw new ConfigError(
      'cannot start: DATABASE_URL is not set; set it to a URL such as postgres://tenon:…@localhost:5432/tenon',
    );
  }
  return {
    databaseUrl,
    redisUrl: env['REDIS_URL'] || null,
    secretKey: readSecretKey(env),
    playbooksDir: resolve(env['TENON_PLAYBOOKS'] ?? 'playbooks'),
    imageCacheDir: join(resolve(env['TENON_HOME'] ?? '.tenon'), 'images'),
    serviceKeyFile: env['SERVICE_KEY_FILE'] || null,
    engine: {
      dockerHost: env['DOCKER_HOST'],
      engineSocket: env['TENON_ENGINE_SOCKET'],
      runtimeDir: env['XDG_RUNTIME_DIR'],
      tls: readTls(env['DOCKER_CERT_PATH']),
    },
    proxy: readProxy(env),
    logLevel: env['TENON_LOG_LEVEL'] ?? 'info',
  };
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

function readTls(folder: string | undefined): EngineSettings['tls'] {
  if (!folder) return undefined;
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

function readProxy(env: NodeJS.ProcessEnv): Config['proxy'] {
  const http = env['http_proxy'] ?? env['HTTP_PROXY'];
  const https = env['https_proxy'] ?? env['HTTPS_PROXY'];
  const no = env['no_proxy'] ?? env['NO_PROXY'];
  return { ...(http && { http }), ...(https && { https }), ...(no && { no }) };
}
