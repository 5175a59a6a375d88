import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readMode, wantedMode } from './file-mode.js';

const MODES = [
  'u=rwX,g=rX,o=',
  'a+X',
  'u+x',
  'go-w',
  'g=u',
  'o=g-w',
  'u=rws,g+s',
  'a+t',
  'u-s,g-s',
  'ug+rw,o-rwx',
  '+x',
  '=r',
  'u+r-w+x',
  '0640',
  '2755',
  'a=',
];
const BEFORE = ['644', '755', '600', '4711', '2750', '1777', '000'];

interface Case {
  readonly path: string;
  readonly before: string;
  readonly mode: string;
}

const pathsBy = (cases: readonly Case[], key: 'before' | 'mode', value: string) =>
  cases.flatMap((each) => (each[key] === value ? [each.path] : [])).join(' ');

// chmod keeps the set-id bits of a folder, Ansible does not: folders have none here.
test('the shell’s sums give what chmod gives, for files and folders', () => {
  const cases = ['f', 'd'].flatMap((kind) =>
    BEFORE.filter((before) => kind === 'f' || before.length === 3).flatMap((before) =>
      MODES.map((mode, index): Case => ({ path: `${kind}/${before}-${index}`, before, mode })),
    ),
  );
  const files = cases.filter(({ path }) => path.startsWith('f')).map(({ path }) => path);
  const folders = cases.filter(({ path }) => path.startsWith('d')).map(({ path }) => path);
  const script = [
    `umask 027; t=$(mktemp -d); trap 'rm -rf $t' EXIT; cd $t; mkdir f d; touch ${files.join(' ')}; mkdir ${folders.join(' ')}`,
    ...BEFORE.map((before) => `chmod ${before.padStart(5, '0')} ${pathsBy(cases, 'before', before)}`),
    ...cases.map(
      ({ path, before, mode }) =>
        `f=${path}; set -- ${before}; ${wantedMode(readMode(mode))}printf '%o\\n' $x`,
    ),
    ...MODES.map(
      (mode) => `chmod ${/^\d/.test(mode) ? mode.padStart(5, '0') : mode} ${pathsBy(cases, 'mode', mode)}`,
    ),
    `stat -c %a ${cases.map(({ path }) => path).join(' ')}`,
  ].join('\n');

  const lines = execFileSync('sh', { input: script }).toString().trim().split('\n');

  const wrong = cases.flatMap((each, index) => {
    const [ours, theirs] = [lines[index], lines[cases.length + index]];
    return ours === theirs ? [] : [{ ...each, ours, theirs }];
  });
  expect([lines.length, wrong]).toEqual([2 * cases.length, []]);
});

test.each(['rwx', 'u+q', '99999', 'u=rw g=r', '-1'])('%s is no mode', (text) => {
  expect(() => readMode(text)).toThrow('mode must be in octal or symbolic form');
});
