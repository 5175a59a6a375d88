import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLimit } from './limit.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-limit-'));
  writeFileSync(join(folder, 'failed.retry'), 'web1\n# not db\n\nweb2\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a file in a limit stands for the hosts that it names', () => {
  expect(readLimit('db, @failed.retry', folder)).toBe('db,web1,web2');
});

test('patterns stay as they are written', () => {
  expect(readLimit('web:!db[0:2],~x@y', folder)).toBe('web:!db[0:2],~x@y');
});

test('a file that is not there is an error that names it', () => {
  expect(() => readLimit('@nobody', folder)).toThrow(`Unable to find limit file ${join(folder, 'nobody')}`);
});
