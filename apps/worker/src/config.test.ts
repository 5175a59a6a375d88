import { describe, expect, it } from 'vitest';

import { readConfig } from './config.js';

const minimal = { DATABASE_URL: 'postgres://localhost/tenon', TENON_SECRET_KEY: 'ab'.repeat(32) };

describe('the environment', () => {
  it('needs a database and a secret key only', () => {
    expect(
      readConfig({ ...minimal, TENON_HOME: '/home/tenon', TENON_PLAYBOOKS: '/playbooks' }),
    ).toMatchObject({
      redisUrl: null,
      secretKey: Buffer.alloc(32, 0xab),
      playbooksDir: '/playbooks',
      imageCacheDir: '/home/tenon/images',
      serviceKeyFile: null,
      logLevel: 'info',
    });
  });

  it('takes an empty value for none, as compose files give it', () => {
    expect(
      readConfig({ ...minimal, REDIS_URL: '', SERVICE_KEY_FILE: '', DOCKER_CERT_PATH: '' }),
    ).toMatchObject({
      redisUrl: null,
      serviceKeyFile: null,
      engine: { tls: undefined },
    });
  });

  it.each([
    [{ TENON_SECRET_KEY: 'ab'.repeat(32) }, /DATABASE_URL is not set/],
    [{ ...minimal, TENON_SECRET_KEY: 'short' }, /not 64 hexadecimal digits/],
  ])('is refused with what to set', (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
  });

  it('hands the proxy of the host on', () => {
    const env = { ...minimal, http_proxy: 'http://proxy:3128', NO_PROXY: 'localhost' };

    expect(readConfig(env).proxy).toEqual({ http: 'http://proxy:3128', no: 'localhost' });
  });
});
