import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { grepPattern } from './grep-pattern.js';
import { compileBytes, found } from './pattern-text.js';

const SHARED = [
  '^#?PermitRootLogin',
  '^a|b$',
  'a\\.b',
  '[a-c]+=',
  '^ *x',
  'x.?y',
  'k=',
  '^[ab]*$',
  'a$|^#',
  '\\$x',
  '.',
];
const OTHERS = [
  '\\s',
  '\\d+',
  'a*?',
  'a++',
  '(a|b)',
  'a{2}',
  '[^a]',
  '[[:alpha:]]',
  'é',
  '(?i)x',
  'a^b',
  'a$b',
  '',
  '*a',
  '\\b',
];
const LINES = [
  '#PermitRootLogin',
  'PermitRootLogin',
  'a',
  'b',
  'a.b',
  'axb',
  'c=',
  '  x',
  'xzy',
  'k=',
  'ab',
  '$x',
  '#',
  '',
  'é',
];

test.each(SHARED)('grep finds the same lines with %s', (pattern) => {
  const theirs = LINES.filter((line) =>
    found(compileBytes(pattern, 'it'), Buffer.from(`${line}\n`).toString('latin1')),
  );

  const script = `printf '%s\\n' ${LINES.map((line) => `'${line}'`).join(' ')} | LC_ALL=C grep -aE '${grepPattern(pattern) ?? ''}' || :`;
  const ours = execFileSync('sh', ['-c', script]).toString().split('\n').slice(0, -1);

  expect([grepPattern(pattern), ours]).toEqual([pattern, theirs]);
});

test.each(OTHERS)('%s is not left to grep', (pattern) => {
  expect(grepPattern(pattern)).toBeUndefined();
});
