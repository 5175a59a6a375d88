import { describe, expect, it } from 'vitest';

import { readBootstrapConfig, readConfig } from './config.js';

const KEY = 'ab'.repeat(32);
const good = { DATABASE_URL: 'postgres://localhost/tenon', TENON_SECRET_KEY: KEY };

describe('the configuration', () => {
  it('has defaults for all but the database and the key', () => {
    expect(readConfig(good)).toMatchObject({
      databaseUrl: 'postgres://localhost/tenon',
      redisUrl: null,
      host: '127.0.0.1',
      port: 9999,
      origins: [],
      embedded: false,
    });
  });

  it.each([
    ['no database', { TENON_SECRET_KEY: KEY }, 'DATABASE_URL is not set'],
    ['no key', { DATABASE_URL: 'x' }, '64 hexadecimal digits'],
    ['a short key', { ...good, TENON_SECRET_KEY: 'ab' }, '64 hexadecimal digits'],
    ['a port that is none', { ...good, TENON_PORT: '99999' }, 'TENON_PORT is "99999"'],
    ['an origin that is none', { ...good, TENON_ORIGINS: 'nonsense' }, 'TENON_ORIGINS holds "nonsense"'],
  ])('is refused with %s', (_name, env, words) => {
    expect(() => readConfig(env)).toThrow(words);
  });

  it('takes origins as people write them', () => {
    const { origins } = readConfig({ ...good, TENON_ORIGINS: 'https://a.example/, http://b.example:8080' });

    expect(origins).toEqual(['https://a.example', 'http://b.example:8080']);
  });
});

describe('the first password', () => {
  it('has to be chosen, and not the well-known one', () => {
    expect(() => readBootstrapConfig({})).toThrow('TENON_ADMIN_PASSWORD is not set');
    expect(() => readBootstrapConfig({ TENON_ADMIN_PASSWORD: 'letmein' })).toThrow('choose another');
    expect(readBootstrapConfig({ TENON_ADMIN_PASSWORD: 'own' }).isWellKnownPassword).toBe(false);
  });

  it('is the well-known one where npm start set everything up', () => {
    expect(readBootstrapConfig({ TENON_EMBEDDED: '1' })).toMatchObject({
      adminPassword: 'letmein',
      isWellKnownPassword: true,
    });
  });
});
