import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Environment } from '@tenon/jinja/environment';
import { plain } from '@tenon/jinja/text';
import { fromJs, isTainted, markUnsafe, pyRepr, type Value } from '@tenon/jinja/values';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jinjaOptions } from './jinja-options.js';

let top: string;
let folder: string;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'tenon-lookups-'));
  folder = join(top, 'playbook');
  await mkdir(folder);
});
afterEach(() => rm(top, { recursive: true }));

async function put(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

const USERS = [
  { name: 'al', keys: ['x', 'y'] },
  { name: 'bo', keys: [] },
];

function value(
  expression: string,
  { confined = false, more = {} }: { confined?: boolean; more?: Record<string, Value> } = {},
): Value {
  const nothing = () => Promise.reject(new Error('no module runs here'));
  const jinja = new Environment(
    jinjaOptions({
      folder: { find: nothing, read: nothing, readTemplate: () => '' },
      confined,
      searchPath: () => [folder],
      hostNames: (pattern) => ['web1', 'web2'].filter((name) => pattern === 'all' || pattern.includes(name)),
      decrypt: (text) => Buffer.from(text.replace(/^.*\n/, '').toUpperCase()),
    }),
  );
  const known = { lst: ['a', 'b'], d: { k: 1 }, users: USERS, name_web: 'nginx', which: 'web' };
  const scope = new Map(Object.entries({ ...known, ...more }).map(([name, each]) => [name, fromJs(each)]));
  return jinja.templateValue(`{{ ${expression} }}`, Object.assign(scope, { names: () => scope.keys() }));
}

const look = (...args: Parameters<typeof value>): string => plain(pyRepr(value(...args)));

describe('lookups that rearrange', () => {
  it.each([
    ["query('items', lst, ['c', ['d']])", "['a', 'b', 'c', ['d']]"],
    ["query('list', lst)", "[['a', 'b']]"],
    ["lookup('dict', d)", "{'key': 'k', 'value': 1}"],
    ["query('flattened', [1, [2, [3, none]]], 4)", '[1, 2, 3, 4]'],
    ["query('nested', lst, [1, 2])", "[['a', 1], ['a', 2], ['b', 1], ['b', 2]]"],
    ["query('together', lst, [1])", "[['a', 1], ['b', None]]"],
    ["query('indexed_items', lst)", "[(0, 'a'), (1, 'b')]"],
    ["query('subelements', users, 'keys')", "[({'name': 'al'}, 'x'), ({'name': 'al'}, 'y')]"],
    ["query('sequence', 'start=0 end=8 stride=4 format=%02x')", "['00', '04', '08']"],
    ["lookup('sequence', '4:host%02d')", "'host01,host02,host03,host04'"],
    ["query('inventory_hostnames', 'all')", "['web1', 'web2']"],
    ["lookup('random_choice', 'x')", "'x'"],
    ["lookup('vars', 'name_{{ which }}')", "'nginx'"],
    ["lookup('vars', 'nope', default='-')", "'-'"],
    ["query('varnames', '^name_')", "['name_web']"],
  ])('%s is %s', (expression, answer) => {
    expect(look(expression)).toBe(answer);
  });

  it('keep trusted what was trusted, and tainted what a tenant wrote', () => {
    const more = { theirs: markUnsafe(['x']) };

    expect(isTainted(value("query('items', lst)"))).toBe(false);
    expect(isTainted(value("query('items', theirs)", { more }))).toBe(true);
  });

  it('never template again what they found', () => {
    expect(look("lookup('vars', 'x')", { more: { x: "{{ '{{ lst }}' }}" } })).toBe("'{{ lst }}'");
  });
});

describe('lookups of files', () => {
  it('are found in files, then beside the playbook; blanks at the end are cut', async () => {
    await put('files/key.pub', 'ssh-rsa AAA\n\n');
    await put('other.txt', 'beside\n');

    expect(look("lookup('file', 'key.pub', 'other.txt')")).toBe("'ssh-rsa AAA,beside'");
    expect(look("lookup('file', 'key.pub', rstrip=false)")).toBe("'ssh-rsa AAA\\n\\n'");
  });

  it('give tainted text', async () => {
    await put('a', '{{ lst }}');

    expect(isTainted(value("lookup('file', 'a')"))).toBe(true);
    expect(look("lookup('file', 'a')")).toBe("'{{ lst }}'");
  });

  it('fail with the places, or go on', () => {
    expect(() => look("lookup('file', 'nope')")).toThrow(
      `looked for ${folder}/files/nope and ${folder}/nope`,
    );
    expect(look("lookup('file', 'nope', errors='ignore')")).toBe("''");
    expect(look("query('file', 'nope', errors='warn')")).toBe('[]');
  });

  it('fileglob and first_found give paths', async () => {
    const [one, two] = [await put('files/b.conf', ''), await put('files/a.conf', '')];
    await put('files/c.txt', '');

    expect(look("query('fileglob', '*.conf')")).toBe(`['${two}', '${one}']`);
    expect(look("lookup('first_found', ['nope.conf', 'b.conf'])")).toBe(`'${one}'`);
    expect(look("query('first_found', files=['nope'], skip=true)")).toBe('[]');
    expect(() => look("lookup('first_found', 'nope')")).toThrow('No file was found when using first_found.');
  });

  it('template renders with the variables of the task and its own', async () => {
    await put('templates/page.j2', '{% include "part.j2" %}: {{ lst | join }}{{ more }}\n');
    await put('templates/part.j2', '{{ name_web }}');

    expect(look("lookup('template', 'page.j2', template_vars={'more': '!'})")).toBe("'nginx: ab!\\n'");
  });

  it('ini reads sections, defaults, regular expressions and properties', async () => {
    await put(
      'a.ini',
      '[DEFAULT]\nhome = /srv\n[web]\nPort = 80\npath = %(home)s/www\n; comment\nlong = 1\n  2\n',
    );
    await put('a.properties', 'user.name = bo\n');

    expect(look("lookup('ini', 'port', section='web', file='a.ini')")).toBe("'80'");
    expect(look("lookup('ini', 'path section=web file=a.ini')")).toBe("'/srv/www'");
    expect(look("lookup('ini', 'long', section='web', file='a.ini')")).toBe("'1\\n2'");
    expect(look("query('ini', 'p.*', section='web', file='a.ini', re=true)")).toBe("['80', '/srv/www']");
    expect(look("lookup('ini', 'nope', section='web', file='a.ini', default='-')")).toBe("'-'");
    expect(look("lookup('ini', 'user.name', type='properties', file='a.properties')")).toBe("'bo'");
  });

  it('csvfile gives a column of the row with the key', async () => {
    await put('a.csv', 'al,1,"x, ""y"""\nbo,2,z\n');

    expect(look("lookup('csvfile', 'al', file='a.csv', delimiter=',', col=2)")).toBe(`'x, "y"'`);
    expect(look("lookup('csvfile', 'bo file=a.csv delimiter=,')")).toBe("'2'");
    expect(look("lookup('csvfile', 'no', file='a.csv', delimiter=',', default='-')")).toBe("'-'");
  });

  it('unvault opens a vaulted file', async () => {
    await put('secret', '$ANSIBLE_VAULT;1.1;AES256\nhidden');

    expect(look("lookup('unvault', 'secret')")).toBe("'HIDDEN'");
  });
});

describe('the lookup password', () => {
  it('makes the file once, for its owner alone, and reads it afterwards', async () => {
    const first = look("lookup('password', 'secrets/db length=12 chars=digits')");

    expect(first).toMatch(/^'\d{12}'$/);
    expect(look("lookup('password', 'secrets/db')")).toBe(first);
    expect((await stat(join(folder, 'secrets/db'))).mode & 0o777).toBe(0o600);
  });

  it('keeps the salt, so that the hash stays the same', async () => {
    const first = look("lookup('password', 'pw', encrypt='sha512_crypt')");

    expect(first).toMatch(/^'\$6\$/);
    expect(look("lookup('password', 'pw', encrypt='sha512_crypt')")).toBe(first);
    expect(await readFile(join(folder, 'pw'), 'utf8')).toMatch(/^\S{20} salt=\S{16}\n$/);
  });

  it('chooses as Ansible does for a seed', () => {
    expect(look("lookup('password', '/dev/null', seed='web1', length=12)")).toBe("'PHReYru8meWg'");
  });
});

describe('lookups of the machine', () => {
  it.each([
    ["lookup('pipe', 'echo a; echo b')", "'a\\nb'"],
    ["query('lines', 'echo a; echo b')", "['a', 'b']"],
    ["lookup('env', 'TENON_NOT_SET', default='-')", "'-'"],
    ["lookup('config', 'DEFAULT_FORKS')", "'5'"],
  ])('%s is %s', (expression, answer) => {
    expect(look(expression)).toBe(answer);
  });

  it('a command that fails is an error with its status', () => {
    expect(() => look("lookup('pipe', 'exit 3')")).toThrow('returned 3');
  });

  it('url says what to use instead', () => {
    expect(() => look("lookup('url', 'http://x')")).toThrow('use the module uri');
  });
});

describe('what is refused', () => {
  it.each(["lookup('pipe', 'true')", "query('lines', 'true')", "lookup('env', 'HOME')"])(
    '%s in a confined run',
    (expression) => {
      expect(() => look(expression, { confined: true })).toThrow('refused');
    },
  );

  it.each(["'/etc/passwd' is file", "'~' | expanduser", "'/etc/*' | fileglob"])(
    'the template %s in a confined run',
    (expression) => {
      expect(() => look(expression, { confined: true })).toThrow('refused');
    },
  );

  it('a file outside of the playbook, links included, in a confined run', async () => {
    await writeFile(join(top, 'outside'), 'x');
    await symlink(join(top, 'outside'), join(folder, 'link'));

    for (const name of ['../outside', join(top, 'outside'), 'link']) {
      expect(look(`lookup('file', '${name}')`)).toBe("'x'");
      expect(() => look(`lookup('file', '${name}')`, { confined: true })).toThrow('outside of the playbook');
    }
  });

  it('writing a password in a confined run', () => {
    expect(() => look("lookup('password', 'pw')", { confined: true })).toThrow('would write a file');
  });

  it.each([
    "lookup('pipe', theirs)",
    "lookup('file', theirs)",
    "lookup('env', theirs)",
    "query('fileglob', theirs)",
  ])('%s with what a tenant wrote', (expression) => {
    expect(() => look(expression, { more: { theirs: markUnsafe('x') } })).toThrow('untrusted text');
  });
});
