import { describe, expect, test } from 'vitest';
import { addSource, removeSource } from './source-files.js';
import { fileNameFor, readSourceLine, wantedSource } from './source-line.js';

const LINE = 'deb [arch=amd64] http://user:pw@apt.example.org/debian stable main';
const PATH = '/etc/apt/sources.list.d/new.list';

test.each([
  [LINE, 'apt_example_org_debian.list'],
  ['deb file:/srv/repo ./', 'file_srv_repo.list'],
  ['deb-src https://x.org/a-b/ sid main', 'x_org_a_b.list'],
])('%s has a file of its own', (line, name) => {
  expect(fileNameFor(line)).toBe(name);
});

test('a line has words, perhaps a comment, and may be disabled', () => {
  expect(readSourceLine('  deb   http://x  stable main # mine')).toEqual({
    source: 'deb http://x stable main',
    enabled: true,
    comment: 'mine',
  });
  expect(readSourceLine('# deb http://x stable main')).toMatchObject({
    source: 'deb http://x stable main',
    enabled: false,
  });
  expect(readSourceLine('# only words').source).toBe('');
});

test.each([
  ['nonsense', 'Invalid repository string: nonsense'],
  ['# deb http://x y z', 'Invalid repository string'],
  [' ', "Please set argument 'repo' to a non-empty value"],
  ['ppa:owner/name', 'archives of Launchpad are not looked up'],
])('%j is refused', (repo, sentence) => {
  expect(() => wantedSource(repo)).toThrow(sentence);
});

describe('a source', () => {
  const wanted = readSourceLine(LINE);

  test('is added at the end of its file', () => {
    expect(addSource(new Map(), wanted, PATH)).toEqual([
      { path: PATH, before: undefined, after: `${LINE}\n` },
    ]);
    expect(addSource(new Map([[PATH, 'deb http://y z']]), wanted, PATH)[0]?.after).toBe(
      `deb http://y z\n${LINE}\n`,
    );
  });

  test('is enabled where it is disabled, and the other lines stay', () => {
    const before = `# words\n#  ${LINE}   # why\n\n`;

    expect(addSource(new Map([['/a', before]]), wanted, PATH)).toEqual([
      { path: '/a', before, after: `# words\n${LINE} # why\n\n` },
    ]);
  });

  test('is removed everywhere, with the file that has nothing else', () => {
    const files = new Map([
      ['/a', `${LINE}\n`],
      ['/b', `# ${LINE}\n${LINE}\n`],
      ['/c', 'deb http://y z\n'],
    ]);

    expect(removeSource(files, wanted)).toEqual([
      { path: '/a', before: `${LINE}\n`, after: undefined },
      { path: '/b', before: `# ${LINE}\n${LINE}\n`, after: `# ${LINE}\n` },
    ]);
  });
});
