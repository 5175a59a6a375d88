import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openModuleLab, type ModuleLab } from '../../testing/module-lab.js';
import { openPlaybookLab } from '../../testing/playbook-lab.js';
import { getUrl } from './get-url.js';
import { uri } from './uri.js';

let lab: ModuleLab;
let server: Server;
let base: string;

const FILE = 'the file\n';
const MODIFIED = 'Wed, 01 Jan 2020 00:00:00 GMT';
const SHA256 = createHash('sha256').update(FILE).digest('hex');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The fields of a form; of a file its name, type and content. */
async function fieldsOf(request: IncomingMessage): Promise<string[][]> {
  const type = request.headers['content-type'] ?? '';
  const body = new Uint8Array(await bodyOf(request));
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- discouraged for the bodies of strangers; this one is our own
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields = [...form].map(async ([name, value]) => {
    if (typeof value === 'string') return [name, value];
    return [name, value.name, value.type, Buffer.from(await value.arrayBuffer()).toString('hex')];
  });
  return Promise.all(fields);
}

/** `/file` and its checksums, `/moved` to it, `/echo` and `/form` say what was asked, `/secret` wants a password, else 404. */
function startServer(): Server {
  return createServer((request, response) => {
    const { url, headers } = request;
    if (url === '/moved') response.writeHead(302, { location: '/file' }).end();
    else if (url === '/form')
      void fieldsOf(request).then((fields) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(fields));
      });
    else if (url === '/sums') response.end(`0000  other\n${SHA256} *file\n`);
    else if (url === '/file') {
      const since = headers['if-modified-since'];
      const isOld = since !== undefined && new Date(since) >= new Date(MODIFIED);
      response.writeHead(isOld ? 304 : 200, { 'last-modified': MODIFIED }).end(isOld ? '' : FILE);
    } else if (url === '/secret') {
      const expected = `Basic ${Buffer.from('me:p "w\\').toString('base64')}`;
      response.writeHead(headers.authorization === expected ? 200 : 401).end('secret');
    } else if (url?.startsWith('/echo') === true) {
      void bodyOf(request).then((body) => {
        const said = {
          method: request.method,
          url,
          body: body.toString(),
          type: headers['content-type'],
          x: headers['x-it'],
        };
        response.setHeader('set-cookie', ['a=1; path=/', 'b=2']);
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(said));
      });
    } else response.writeHead(404, 'Not Found').end('nothing here');
  });
}

beforeAll(async () => {
  lab = await openModuleLab();
  server = startServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
beforeEach(async () => {
  await rm(lab.folder, { recursive: true, force: true });
  await mkdir(lab.folder);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await lab.close();
});

const at = (name: string) => join(lab.folder, name);
const text = async (name: string) => (await readFile(at(name))).toString();

describe('uri', () => {
  test('sends method, headers and body, and reads JSON, headers and cookies', async () => {
    const run = await lab.run(uri, {
      ...{ url: `${base}/echo?q=1`, method: 'post', status_code: [200, 201] },
      ...{ headers: { 'X-It': '"a\\b"' }, body: { b: [1, 'é'] }, body_format: 'json' },
    });

    expect(run).toMatchObject({
      ...{ changed: false, trips: [0] },
      returns: {
        ...{ status: 201, redirected: false, content_type: 'application/json', cookies: { a: '1', b: '2' } },
        ...{ cookies_string: 'a=1; b=2' },
        json: {
          method: 'POST',
          url: '/echo?q=1',
          body: '{"b": [1, "\\u00e9"]}',
          type: 'application/json',
          x: '"a\\b"',
        },
      },
    });
  });

  test.each([
    [
      'form-urlencoded',
      { 'a b': ['1&', "x'"], c: 'é' },
      'a+b=1%26&a+b=x%27&c=%C3%A9',
      'application/x-www-form-urlencoded',
    ],
    ['raw', '@not a file\n', '@not a file\n', 'application/x-www-form-urlencoded'],
  ])('sends a body that is %s', async (format, body, sent, type) => {
    const args = { url: `${base}/echo`, method: 'PUT', body, body_format: format, status_code: 201 };

    const run = await lab.run(uri, args);

    expect(run.returns?.json).toMatchObject({ body: sent, type });
  });

  test('sends a form with files, as servers that know forms read it', async () => {
    await writeFile(join(lab.beside, 'raw.bin'), Buffer.from([0, 255, 13, 10]));
    const body = {
      b: { content: 'é', filename: 'a "b".txt', mime_type: 'text/x-own' },
      a: 'text',
      c: { filename: 'raw.bin' },
    };
    const run = await lab.run(uri, {
      url: `${base}/form`,
      method: 'POST',
      body,
      body_format: 'form-multipart',
    });

    expect(run.returns?.json).toEqual([
      ['a', 'text'],
      ['b', 'a "b".txt', 'text/x-own', 'c3a9'],
      ['c', 'raw.bin', 'application/octet-stream', '00ff0d0a'],
    ]);
  });

  test.each([
    ['text', 'a dictionary of fields is required'],
    [{ a: [1] }, 'a is neither a text nor a dictionary'],
    [{ a: { mime_type: 'x/y' } }, 'at least one of filename or content must be provided'],
    [{ a: { filename: 'none.bin' } }, "Could not find or access 'none.bin'"],
  ])('a form cannot be made of %j', async (body, problem) => {
    const run = await lab.run(uri, { url: base, body, body_format: 'form-multipart' });

    expect([run.failed, run.msg]).toEqual([true, expect.stringContaining(problem)]);
  });

  test('fails with another status, and says so as Ansible does', async () => {
    const run = await lab.run(uri, { url: `${base}/none`, return_content: true });

    expect(run).toMatchObject({
      ...{ failed: true, trips: [1], msg: 'Status code was 404 and not [200]: HTTP Error 404: Not Found' },
      returns: { status: 404, content: 'nothing here' },
    });
  });

  test('fails without a server', async () => {
    const run = await lab.run(uri, { url: 'http://127.0.0.1:1/' });

    expect(String(run.msg)).toMatch(
      /^Status code was -1 and not \[200\]: Request failed: <urlopen error .*connect/,
    );
  });

  test('follows a redirection when that is safe or asked for', async () => {
    const get = await lab.run(uri, { url: `${base}/moved`, return_content: true });
    const none = await lab.run(uri, { url: `${base}/moved`, follow_redirects: 'none', status_code: 302 });
    const post = await lab.run(uri, { url: `${base}/moved`, method: 'POST', status_code: 302 });

    expect(get.returns).toMatchObject({ status: 200, content: FILE, redirected: true, url: `${base}/file` });
    expect([none.returns?.status, post.returns?.status]).toEqual([302, 302]);
  });

  test('gives name and password', async () => {
    const run = await lab.run(uri, { url: `${base}/secret`, url_username: 'me', url_password: 'p "w\\' });

    expect(run.returns?.status).toBe(200);
  });

  test('keeps the content in a file', async () => {
    const run = await lab.run(uri, { url: `${base}/file`, dest: at('f'), mode: '0600' });
    const again = await lab.run(uri, { url: `${base}/file`, dest: at('f'), status_code: [200, 304] });

    expect([run.changed, run.returns?.path, await text('f')]).toEqual([true, at('f'), FILE]);
    expect(run.returns).toMatchObject({ mode: '0600', size: FILE.length, state: 'file' });
    expect([again.changed, again.returns?.status, await readdir(lab.folder)]).toEqual([false, 304, ['f']]);
  });

  test('is held back by creates, and skipped in check mode', async () => {
    await writeFile(at('f'), '');

    const held = await lab.run(uri, { url: `${base}/none`, creates: at('f') });
    const predicted = await lab.run(uri, { url: `${base}/none` }, { checkMode: true });

    expect(held).toMatchObject({ changed: false, returns: { stdout: `skipped, since '${at('f')}' exists` } });
    expect(predicted.skipped).toBe(true);
  });

  test.each([
    ['a header of two lines', { url: 'http://x/', headers: { a: 'b\r\nc: d' } }, 'a header must be one line'],
    ['another protocol', { url: 'gopher://x/' }, 'unknown url type: gopher://x/'],
    ['a method of two words', { url: 'http://x/', method: 'GET /' }, "Parameter 'method' needs"],
  ])('refuses %s', async (_name, args, message) => {
    expect(String((await lab.run(uri, args)).msg)).toContain(message);
  });
});

describe('get_url', () => {
  test('downloads once, asks whether there is a newer one, and predicts', async () => {
    const args = { url: `${base}/file`, dest: at('f'), mode: '0600' };

    const predicted = await lab.run(getUrl, args, { checkMode: true });
    const before = await readdir(lab.folder);
    const first = await lab.run(getUrl, args);
    const second = await lab.run(getUrl, args);

    expect([predicted.changed, before]).toEqual([true, []]);
    expect(first).toMatchObject({
      ...{ changed: true, msg: 'OK (9 bytes)', trips: [0] },
      returns: {
        ...{ status_code: 200, dest: at('f'), mode: '0600', checksum_dest: null },
        md5sum: createHash('md5').update(FILE).digest('hex'),
      },
    });
    expect(second).toMatchObject({ changed: false, msg: 'HTTP Error 304: Not Modified', trips: [0] });
    expect([await text('f'), await readdir(lab.folder)]).toEqual([FILE, ['f']]);
  });

  test('into a folder, through a redirection, with force and a backup', async () => {
    await writeFile(at('moved'), 'old');

    const run = await lab.run(getUrl, { url: `${base}/moved`, dest: lab.folder, force: true, backup: true });
    const again = await lab.run(getUrl, { url: `${base}/moved`, dest: lab.folder, force: true });

    expect([run.changed, await text('moved'), again.changed]).toEqual([true, FILE, false]);
    expect((await readFile(String(run.returns?.backup_file))).toString()).toBe('old');
  });

  test.each([
    ['a digest', `sha256:${SHA256}`],
    ['a list', 'sums'],
  ])('with a checksum from %s asks for nothing twice', async (_name, checksum) => {
    const args = {
      url: `${base}/file`,
      dest: at('f'),
      checksum: checksum === 'sums' ? `sha256:${base}/sums` : checksum,
    };

    const first = await lab.run(getUrl, args);
    const second = await lab.run(getUrl, args);

    expect([first.changed, second.changed, second.msg]).toEqual([true, false, 'file already exists']);
  });

  test('a file in place of a link keeps the permissions of what the link points to', async () => {
    await writeFile(at('target'), 'old', { mode: 0o600 });
    await symlink('target', at('link'));

    const run = await lab.run(getUrl, { url: `${base}/file`, dest: at('link'), force: true });

    expect([run.changed, run.returns?.mode, await text('target')]).toEqual([true, '0600', 'old']);
  });

  test('leaves the old file when the new one has another checksum', async () => {
    await writeFile(at('f'), 'old');

    const run = await lab.run(getUrl, { url: `${base}/file`, dest: at('f'), checksum: `sha1:abc` });

    expect(String(run.msg)).toMatch(/^The checksum for .*f did not match abc; it was [\da-f]{40}\.$/);
    expect([await text('f'), await readdir(lab.folder)]).toEqual(['old', ['f']]);
  });

  test('fails without the file, and without its folder', async () => {
    const missing = await lab.run(getUrl, { url: `${base}/none`, dest: at('f') });
    const nowhere = await lab.run(getUrl, { url: `${base}/file`, dest: at('no/f') });

    expect(missing).toMatchObject({ failed: true, msg: 'Request failed', returns: { status_code: 404 } });
    expect(nowhere).toMatchObject({ failed: true, msg: `Destination ${at('no')} does not exist` });
  });

  test('copies a file of the machine by its address', async () => {
    await writeFile(at('a'), FILE);

    const run = await lab.run(getUrl, { url: `file://${at('a')}`, dest: at('f') });

    expect([run.changed, await text('f')]).toEqual([true, FILE]);
  });
});

test('a machine without curl uses wget', async () => {
  const playbooks = await openPlaybookLab();
  const tools = [
    'sh',
    'wget',
    'mktemp',
    'base64',
    'cat',
    'rm',
    'date',
    'sed',
    'tail',
    'stat',
    'head',
    'sha1sum',
    'mv',
    'chmod',
    'cmp',
    'chown',
  ];
  await mkdir(join(playbooks.folder, 'bin'));
  for (const tool of tools) {
    const found = ['/usr/bin', '/bin'].map((folder) => join(folder, tool));
    await symlink(found[0] ?? '', join(playbooks.folder, 'bin', tool));
  }

  const run = await playbooks.run(
    `
- get_url: { url: "${base}/moved", dest: "{{ dir }}/f" }
- uri: { url: "${base}/echo", method: POST, body: { a: 1 }, body_format: json, status_code: 201, headers: { X-It: it } }
  register: r
- uri: { url: "${base}/secret", url_username: me, url_password: 'p "w\\' }
- uri: { url: "${base}/none", status_code: 404 }
- assert: { that: ["r.json.body == '{\\"a\\": 1}'", "r.json.x == 'it'", "r.cookies.a == '1'"] }
`,
    { play: `  environment: { PATH: "${playbooks.folder}/bin" }` },
  );
  const content = await readFile(join(playbooks.folder, 'f'));
  await playbooks.close();

  expect([run.failures, content.toString()]).toEqual([[], FILE]);
});
