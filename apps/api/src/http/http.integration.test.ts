import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startTestApi } from '../testing/test-api.js';
import type { TestApi } from '../testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ origins: ['https://tenon.example.org'] });
});
afterAll(() => api.stop());

interface Plain {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with exactly these headers: `fetch` does not let a caller choose Host. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Plain> {
  const { port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: options.method ?? 'GET',
        headers: { host: `localhost:${port}`, ...options.headers },
      },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

const post = (headers: Record<string, string>, body = '{"query":"{ me { id } }"}') =>
  send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('the pages', () => {
  it('begin at /admin/', async () => {
    const { status, headers } = await send('/');

    expect([status, headers['location']]).toEqual([302, '/admin/']);
  });

  it.each(['/admin/', '/admin/exampleservice/exampletenant/7/details'])(
    'show the application at %s',
    async (path) => {
      const { status, body } = await send(path);

      expect([status, body]).toEqual([200, '<title>Tenon</title>']);
    },
  );

  it('do not answer a missing script with the application', async () => {
    expect((await send('/admin/assets/missing.js')).status).toBe(404);
  });

  it('run no foreign script and sit in no foreign frame', async () => {
    const { headers } = await send('/admin/');

    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('the host name', () => {
  it.each(['127.0.0.1', '[::1]'])('%s is sent to localhost', async (host) => {
    const { status, headers } = await send('/admin/x?y=1', { headers: { host: `${host}:9999` } });

    expect([status, headers['location']]).toEqual([307, 'http://localhost:9999/admin/x?y=1']);
  });

  it('of somebody else is refused with what to do', async () => {
    const { status, body } = await send('/admin/', { headers: { host: 'rebound.example.com' } });

    expect(status).toBe(421);
    expect(body).toContain('TENON_ORIGINS');
  });

  it('does not matter to probes', async () => {
    const { status, body } = await send('/readyz', { headers: { host: '10.0.0.7:9999' } });

    expect([status, body]).toEqual([200, 'ok\n']);
  });
});

describe('the API', () => {
  it.each([
    ['its own page', {}, 200],
    ['a configured origin', { origin: 'https://tenon.example.org', host: 'tenon.example.org' }, 200],
    ['a page of another origin', { origin: 'https://evil.example.com' }, 403],
    ['a page of another port', { origin: 'http://localhost:1' }, 403],
    ['a page in a sandbox', { origin: 'null' }, 403],
  ])('is asked by %s', async (_name, headers, status) => {
    expect((await post(headers)).status).toBe(status);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'does not read %s, which a form of any page can send',
    async (type) => {
      expect((await post({ 'content-type': type })).status).toBe(415);
    },
  );

  it('is not asked by GET', async () => {
    expect((await send('/graphql?query={me{id}}')).status).toBe(405);
  });

  it('does not read more than a megabyte', async () => {
    expect((await post({}, JSON.stringify({ query: 'x'.repeat(1_100_000) }))).status).toBe(413);
  });

  it.each([
    ['no JSON', '{"query":', 400],
    ['no query', '{}', 400],
    ['a query in a list', '[{"query":"{ me { id } }"}]', 400],
  ])('answers %s without a word of its own files', async (_name, body, status) => {
    const answer = await post({}, body);

    expect(answer.status).toBe(status);
    expect(answer.body).not.toMatch(/node_modules|at /);
  });

  it('says what is wrong with a query in words of GraphQL', async () => {
    const { body } = await post({}, '{"query":"{ xyzzy }"}');

    expect(JSON.parse(body)).toMatchObject({
      errors: [{ message: 'Cannot query field "xyzzy" on type "Query".' }],
    });
  });
});

describe('/metrics', () => {
  it('speaks the language of Prometheus', async () => {
    const { headers, body } = await send('/metrics');

    expect(String(headers['content-type'])).toContain('text/plain');
    expect(body).toContain('process_cpu_seconds_total');
  });
});
