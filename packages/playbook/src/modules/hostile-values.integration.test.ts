import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from '../testing/playbook-lab.js';

let lab: PlaybookLab;
beforeAll(async () => {
  lab = await openPlaybookLab();
});
afterAll(() => lab.close());

/** Pieces that a shell, a template, a pattern, awk, grep or printf gives a meaning to. */
const SHARP = [
  ...[
    '$(id)',
    '`id`',
    '$HOME',
    '${x}',
    '"',
    "'",
    '\\',
    '\\n',
    '%s',
    '%%',
    '*',
    '~',
    '-n',
    '--',
    '!',
    '#',
    '&',
    ';',
  ],
  ...[
    '{{ 7*7 }}',
    '{% if x %}',
    '{#',
    '\\1',
    '\\g<0>',
    '.',
    '[a',
    '(',
    '^',
    ' ',
    '\t',
    'é',
    '☠',
    '😀',
    'EOF',
    '=',
    '>',
  ],
];

const piece = fc.oneof(fc.constantFrom(...SHARP), fc.string({ unit: 'grapheme', maxLength: 4 }));
/** One line; a NUL can be in no file name and in no line of a shell. */
const line = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join('').replace(/[\0\r\n]/g, ''))
  .filter((text) => text !== '');
const fileName = line
  .map((text) => text.replaceAll('/', '∕'))
  .filter((text) => !/^\.{1,2}$/.test(text) && Buffer.byteLength(text) < 200);
const content = fc
  .array(fc.oneof(piece, fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 12 })
  .map((pieces) => pieces.join(''));

/** How many strings go through each module. `npm run test:hostile` takes 2,000, which is minutes of starting programs. */
const COUNT = Number(process.env['TENON_TEST_STRINGS'] ?? 10);
const TIMEOUT_MS = 60_000 + COUNT * 200;

/** The same every time, so that a failure can be looked at. */
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number) =>
  fc.sample(arbitrary, { numRuns: count, seed: 20_231 });

async function folder(): Promise<string> {
  return mkdtemp(join(lab.folder, 'hostile-'));
}

test(
  'contents arrive exactly through copy and template',
  async () => {
    const dir = await folder();
    const texts = sample(content, COUNT);

    const run = await lab.run(
      `
- copy: { content: "{{ item }}", dest: "${dir}/c{{ n }}" }
  loop: "{{ texts }}"
  loop_control: { index_var: n, label: "{{ n }}" }
- template: { src: t.j2, dest: "${dir}/t{{ n }}" }
  loop: "{{ texts }}"
  loop_control: { index_var: n, label: "{{ n }}" }
`,
      { vars: { unsafe: { texts } }, files: { 't.j2': '<{{ item }}>' } },
    );

    expect(run.failures).toEqual([]);
    for (const [index, text] of texts.entries()) {
      expect((await readFile(join(dir, `c${index}`))).toString()).toBe(text);
      expect((await readFile(join(dir, `t${index}`))).toString()).toBe(`<${text}>`);
    }
  },
  TIMEOUT_MS,
);

test(
  'file names are exact, and stay in their folder',
  async () => {
    const dir = await folder();
    const names = [...new Set(sample(fileName, COUNT))];

    const run = await lab.run(
      `
- file: { path: "${dir}/{{ item }}", state: touch }
  loop: "{{ names }}"
  loop_control: { label: "" }
- stat: { path: "${dir}/{{ item }}" }
  loop: "{{ names }}"
  loop_control: { label: "" }
  register: seen
- assert: { that: "seen.results | map(attribute='stat.exists') is all" }
`,
      { vars: { unsafe: { names } } },
    );

    expect(run.failures).toEqual([]);
    expect((await readdir(dir)).sort()).toEqual([...names].sort());
  },
  TIMEOUT_MS,
);

test(
  'lines are exact through lineinfile and blockinfile, and found again',
  async () => {
    const dir = await folder();
    const lines = [...new Set(sample(line, COUNT))];
    await writeFile(join(dir, 'lines'), '');
    await writeFile(join(dir, 'block'), '');
    const tasks = `
- name: line
  lineinfile: { path: "${dir}/lines", line: "{{ item }}" }
  loop: "{{ lines }}"
  loop_control: { label: "" }
- name: block
  blockinfile: { path: "${dir}/block", block: "{{ lines | join('\\n') }}", marker: "{{ lines[0] }} {mark}" }
`;

    const first = await lab.run(tasks, { vars: { unsafe: { lines } } });
    const texts = [await readFile(join(dir, 'lines')), await readFile(join(dir, 'block'))].map(String);
    const second = await lab.run(tasks, { vars: { unsafe: { lines } } });

    expect(first.failures).toEqual([]);
    expect(texts[0]).toBe(lines.map((each) => `${each}\n`).join(''));
    expect(texts[1]).toBe([`${lines[0] ?? ''} BEGIN`, ...lines, `${lines[0] ?? ''} END`, ''].join('\n'));
    expect(new Set(second.results)).toEqual(new Set(['line: ok', 'block: ok']));
  },
  TIMEOUT_MS,
);
