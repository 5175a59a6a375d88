import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readExtraVars } from './extra-vars.js';

const cwd = mkdtempSync(join(tmpdir(), 'extra-vars-'));
afterAll(() => rmSync(cwd, { recursive: true }));
writeFileSync(join(cwd, 'vars.yml'), 'port: 0644\nlist: [yes, y]\n');
const read = (...all: string[]) => readExtraVars(all, { cwd, decrypt: undefined });

test('pairs are texts, quotes keep blanks', () => {
  expect(read('a=1 b="x y" c=\'{{ d }}\'')).toEqual({ a: '1', b: 'x y', c: '{{ d }}' });
});

test('JSON, YAML and files have types', () => {
  expect(read('{"a": 1, "b": [true]}', '@vars.yml')).toEqual({
    a: 1,
    b: [true],
    port: 420,
    list: [true, 'y'],
  });
});

test('the later one wins', () => {
  expect(read('a=1', 'a=2')).toEqual({ a: '2' });
});

test.each([
  ['[1]', 'could not be made into a dictionary'],
  ['./vars.yml', "with '@'"],
  ['@none.yml', 'Could not find or access'],
])('%s is refused', (written, sentence) => {
  expect(() => read(written)).toThrow(sentence);
});
