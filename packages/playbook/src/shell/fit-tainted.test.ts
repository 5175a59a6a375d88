import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fromSpans, type Span } from '@tenon/jinja/text';
import { describe, expect, test } from 'vitest';
import { fitTainted } from './fit-tainted.js';
import { RefusedTask } from './refused-task.js';

/** `{{x}}` in the form stands for the tainted value. */
function spansIn(form: string, value: string): Span[] {
  return form
    .split('{{x}}')
    .flatMap((text, index) => [
      ...(index > 0 ? [{ text: value, tainted: true }] : []),
      { text, tainted: false },
    ]);
}

function fit(form: string, value: string): string {
  const { prelude, text } = fitTainted(fromSpans(spansIn(form, value)));
  return prelude + text;
}

function sh(script: string): string {
  const run = spawnSync('/bin/sh', ['-c', script], { cwd: '/nonexistent-is-fine'.slice(0, 1) });
  return run.stdout.toString() + run.stderr.toString();
}

const HOSTILE = [
  '"; touch /pwned; #',
  '$(id)',
  '`id`',
  '{{ 7*7 }}',
  "'",
  '"',
  'a\\nb',
  'a\nb',
  '-n',
  '-e x',
  '\\c',
  '  blanks  ',
  '</script>',
  '😀'.repeat(254),
  '',
  '*',
  '~',
  '$HOME',
  '${HOME}',
  'a;b&c|d>e<f(g)h{i}j[k]l!m#n',
  '\\',
  '--',
  '%s%n',
];

const ECHO_FORMS = [
  'echo "{{x}}"',
  'echo {{x}}',
  "echo '{{x}}'",
  '/bin/echo "{{x}}"',
  'if true; then echo "{{x}}"; fi',
  'X=1 echo "{{x}}"',
];

test.each(ECHO_FORMS)('%s prints the data and one line end', (form) => {
  for (const value of HOSTILE) expect(sh(fit(form, value))).toBe(`${value}\n`);
});

test.each([
  ['echo a "{{x}}" b', (x: string) => `a ${x} b\n`],
  ['echo -n "{{x}}"', (x: string) => x],
  ['echo "[{{x}}|{{x}}]"', (x: string) => `[${x}|${x}]\n`],
  ['echo pre{{x}}post', (x: string) => `pre${x}post\n`],
  [`echo 'it is {{x}} here'`, (x: string) => `it is ${x} here\n`],
  [`printf '%s-' "{{x}}"`, (x: string) => `${x}-`],
  ['V="{{x}}"; printf %s "$V"', (x: string) => x],
  ['V={{x}} && printf %s "$V"', (x: string) => x],
  ['for v in "{{x}}" b; do printf "[%s]" "$v"; done', (x: string) => `[${x}][b]`],
  ['test "{{x}}" = "no such" || echo "{{x}}"', (x: string) => `${x}\n`],
  ['echo "{{x}}" # a comment\necho "$(printf two)"', (x: string) => `${x}\ntwo\n`],
  ['cat <<EOF\nbody $((1+1)) "unclosed\nEOF\necho "{{x}}"', (x: string) => `body 2 "unclosed\n${x}\n`],
  ['echo "price $"{{x}}', (x: string) => `price $${x}\n`],
  ['echo "price ${{x}}"', (x: string) => `price $${x}\n`],
  ['N=1; echo "$N{{x}}"', (x: string) => `1${x}\n`],
  ['echo "`printf two`"; N=`printf 1`; echo {{x}}', (x: string) => `two\n${x}\n`],
  ['echo "$(printf "%s" "$(printf ")")")"; echo "{{x}}"', (x: string) => `)\n${x}\n`],
  ['echo "$(echo two # it is )\n)"; echo "{{x}}"', (x: string) => `two\n${x}\n`],
  ['echo "$(cat <<\'E\'\n)"`\nE\n)"; echo "{{x}}"', (x: string) => `)"\`\n${x}\n`],
  ['echo "${N:-"a}b"}"; echo "{{x}}"', (x: string) => `a}b\n${x}\n`],
  ['echo "\\"{{x}}\\""', (x: string) => `"${x}"\n`],
  ['(echo "{{x}}"); { echo "{{x}}"; }', (x: string) => `${x}\n${x}\n`],
  ['case "{{x}}" in zzz) echo no;; *) printf %s "{{x}}";; esac', (x: string) => x],
] as [string, (x: string) => string][])(
  '%s gives exactly what was written around the data',
  (form, wanted) => {
    for (const value of HOSTILE) expect(sh(fit(form, value))).toBe(wanted(value));
  },
);

test.each([
  ['cat <<EOF\n{{x}}\nEOF', 'here-document'],
  ["cat <<'EOF'\n{{x}}\nEOF", 'here-document'],
  ['cat <<-{{x}}\na\n', 'here-document'],
  ['echo $(printf %s "{{x}}")', '$( )'],
  ['echo "$(printf %s "{{x}}")"', '$( )'],
  ['echo `printf {{x}}`', 'backquotes'],
  ['echo "`printf {{x}}`"', 'backquotes'],
  ['echo ${V:-{{x}}}', '${ }'],
  ['echo $((1 + {{x}}))', '$(( ))'],
  ['(( {{x}} > 1 ))', '$(( ))'],
  ['diff <(echo {{x}}) b', '$( )'],
  ['eval "echo {{x}}"', 'eval'],
  ['V="{{x}}"; eval "echo $V"', 'eval'],
  ['sh -c "echo {{x}}"', 'sh -c'],
  ['sudo bash -ec "echo {{x}}"', 'bash -c'],
  ['find . -exec sh -c "{{x}}" \\;', 'sh -c'],
  ['echo "{{x}}" | sh', 'end of the pipe'],
  ['. {{x}}', '"."'],
  ['ssh host "{{x}}"', 'ssh'],
  ['sed -i "s/a/{{x}}/" file', 'sed'],
  ['awk "{{x}}" file', 'awk'],
  ['python3 -c "{{x}}"', 'python3'],
  ['{{x}} --version', 'name the command'],
  ['A=1 {{x}}', 'name the command'],
  ['true && {{x}}', 'name the command'],
  ['# {{x}}', 'comment'],
  ['echo \\{{x}}', 'backslash'],
  ['echo "\\{{x}}"', 'backslash'],
  ['echo ${{x}}', '"$"'],
  ['printf "{{x}}"', 'format'],
  ['sudo echo "{{x}}"', 'echo'],
  ['true 2>&{{x}}', 'descriptor'],
  ['[[ {{x}} -eq 1 ]]', '[['],
  ['echo "$(case a in a) echo {{x}};; esac)"', '"case" in $( )'],
  ['echo "`echo "`{{x}}"', 'backquotes'],
  ["X=`echo a # it's`; echo {{x}}", 'backquotes'],
  [`echo $'it\\'s {{x}}'`, "$' '"],
  [`echo "\${X#'}'}{{x}}"`, '"${ }"'],
  [`((a ')) ' {{x}}`, '$(( ))'],
])('%s is refused by name', (form, name) => {
  expect(() => fit(form, 'value')).toThrow(name);
});

test('a file name in a redirection cannot leave its folder', () => {
  expect(() => fit('echo hi > /tmp/{{x}}', '../etc/passwd')).toThrow('must not leave its folder');
  expect(() => fit('echo hi > "{{x}}"', '/etc/passwd')).toThrow('must not leave its folder');
  expect(() => fit('echo hi > /tmp/.{{x}}', '.')).toThrow('must not leave its folder');
  expect(fit('echo hi > /tmp/{{x}}.txt', 'a b')).toBe("echo hi > /tmp/'a b'.txt");
});

test('data that looks like an option is refused, unless -- stands before it', () => {
  expect(() => fit('rm "{{x}}"', '-rf')).toThrow('option of "rm"');
  expect(fit('rm -- "{{x}}"', '-rf')).toBe(`rm -- ""'-rf'""`);
  expect(fit('rm "{{x}}"', 'file')).toBe(`rm ""'file'""`);
});

test('trusted text stays as it is, whatever it does', () => {
  const text = 'cat <<EOF | sh -c "eval $(id)"\nEOF';

  expect(fitTainted(text)).toEqual({ prelude: '', text });
});

test('any text, in any accepted place, comes out of a real shell byte for byte', { timeout: 60_000 }, () => {
  const character = fc.oneof(
    fc.constantFrom(...Array.from('\'"`$\\(){}[]<>|&;#*?~!- \t\n=%:/')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((text) => text !== '\0'),
  );
  const value = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''));
  const form = fc.constantFrom(
    '"{{x}}"',
    "'{{x}}'",
    '{{x}}',
    '"a{{x}}b"',
    "'a'{{x}}'b'",
    '"${HOME:+}{{x}}"',
    '"$EMPTY{{x}}"',
  );

  // Starting a shell costs more than all that it does here, so one shell prints many values.
  fc.assert(
    fc.property(fc.array(fc.tuple(value, form), { minLength: 25, maxLength: 25 }), (cases) => {
      const output = sh(
        cases
          .map(([text, word]) => `${fit(`printf '%s' ${word}; echo ${word}`, text)}\nprintf '\\000'`)
          .join('\n'),
      );
      const expected = cases.map(([text, word]) => {
        const printed = word.replaceAll(/\$\{HOME:\+\}|\$EMPTY|["']/g, '').replace('{{x}}', () => text);
        return `${printed}${printed}\n`;
      });
      expect(output.split('\0').slice(0, -1)).toEqual(expected);
    }),
    { numRuns: 80 },
  );
});

describe('in a text of any shape', () => {
  const PIECES = [
    ...['"', "'", '\\', '$', '`', '(', ')', '{', '}', '#', ' ', '\n', ';', '|', '&', '<', '>', '=', 'x', '0'],
    ...[
      '$(',
      '$((',
      '${x',
      '${x:-',
      '"${x',
      '<<E',
      "<<'E'",
      '<<-E',
      '\nE\n',
      '((',
      '))',
      '[[ ',
      ' ]]',
      "$'",
      '$"',
    ],
    ...[
      'echo ',
      'printf %s ',
      'true ',
      ': ',
      'cat ',
      'if ',
      '; then ',
      '; fi',
      'case x in x) ',
      ' ;; esac',
      'X=',
      'for v in ',
      '; do ',
      '; done',
      '{{x}}',
      ' {{x}} ',
      '"{{x}}"',
      "'{{x}}'",
    ],
  ];
  const VALUES = [
    '$(>canary)',
    '`>canary`',
    '";>canary;"',
    "';>canary;'",
    ';>canary;',
    '\n>canary\n',
    '"\';>canary;\'"',
    '\\";>canary',
    '\nE\n>canary\nE\n',
    ')>canary',
    ')";>canary;',
    '}";>canary;#',
    '&&>canary&&',
  ];

  test('data never runs, in dash and in bash', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenon-shell-'));
    const form = fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 14 })
      .map((parts) => `${parts.join('')}{{x}}`);
    const accepted = { count: 0 };

    fc.assert(
      fc.property(form, fc.constantFrom(...VALUES), (text, value) => {
        let fitted: string;
        try {
          fitted = fit(text, value);
        } catch (error) {
          expect(error).toBeInstanceOf(RefusedTask);
          return;
        }
        accepted.count++;
        for (const shell of ['dash', 'bash']) {
          spawnSync(shell, ['-c', fitted], {
            cwd: folder,
            input: '',
            timeout: 2000,
            env: { PATH: '/usr/bin:/bin' },
          });
          expect([shell, fitted, readdirSync(folder)]).toEqual([
            shell,
            fitted,
            expect.not.arrayContaining(['canary']),
          ]);
        }
      }),
      { numRuns: Number(process.env.TENON_FUZZ_RUNS ?? 1500) },
    );

    rmSync(folder, { recursive: true });
    expect(accepted.count).toBeGreaterThan(100);
  });
});
