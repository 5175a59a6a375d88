import { TemplateError } from '@tenon/jinja/errors';
import { dirname, resolve } from 'node:path';
import type { Variables } from '../vars/layered-scope.js';
import type { Decrypt } from '../vault/decrypt.js';
import { inherit, NOTHING_INHERITED } from './inherit.js';
import { PlayReading, type ReadingOptions } from './play-reading.js';
import { PlaybookError, Problems } from './problem.js';
import { readPlay, type Outer } from './read-play.js';
import { sectionOf } from './read-work.js';
import type { Section } from './section.js';
import { SourceError, SourceFiles } from './source-files.js';
import type { Inherited, Play, Playbook } from './tree.js';
import { parseYaml } from './yaml.js';

const IMPORT = [
  'import_playbook',
  'ansible.builtin.import_playbook',
  'ansible.legacy.import_playbook',
  'include',
];
const IMPORT_KEYS = new Set([...IMPORT, 'name', 'vars', 'when', 'tags']);

interface Playbooks {
  readonly options: ReadingOptions;
  /** The playbooks being read, outermost first. */
  readonly open: readonly string[];
  readonly outer: Outer | undefined;
}

function importedPath(section: Section, key: string, { options }: Playbooks): string {
  const written = section.value(key) ?? '';
  const reading = new PlayReading(options);
  reading.vars = section.dictionary('vars');
  const name = reading.staticName(written, NOTHING_INHERITED).trim().split(/\s/)[0] ?? '';
  return resolve(dirname(section.problems.file), name);
}

function importPlaybook(section: Section, key: string, playbooks: Playbooks): Play[] {
  section.checkKeywords('play', IMPORT_KEYS);
  try {
    const path = importedPath(section, key, playbooks);
    if (playbooks.open.includes(path)) throw new SourceError(`${path} imports itself; remove the import`);
    const text = playbooks.options.files.text(path);
    const problems = new Problems(path, text, section.problems);
    const outer = inherit({ ...NOTHING_INHERITED, ...playbooks.outer }, section, { vars: true });
    const options = { ...playbooks.options, folder: dirname(path) };
    return readPlays(problems, text, { options, open: [...playbooks.open, path], outer });
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof TemplateError)) throw error;
    section.problems.error(section.placeOf(key), error.message);
    return [];
  }
}

function readPlays(problems: Problems, text: string, playbooks: Playbooks): Play[] {
  const before = problems.errors.length;
  const root = parseYaml(text, problems, { decrypt: playbooks.options.files.decrypt });
  if (problems.errors.length > before) return [];
  if (root?.kind !== 'list') {
    const at = root?.at ?? { line: 1, column: 1 };
    problems.error(at, 'a playbook is a list of plays; begin each with "- hosts: …"');
    return [];
  }
  return root.items.flatMap((item) => {
    const section = sectionOf(item, 'play', problems);
    if (section === undefined) return [];
    const key = IMPORT.find((each) => section.has(each));
    return key === undefined
      ? [readPlay(section, playbooks.options, playbooks.outer)]
      : importPlaybook(section, key, playbooks);
  });
}

export interface ReadPlaybookOptions {
  /** May be part of the names of imported files. */
  readonly extraVars?: Variables;
  /** More folders with roles. */
  readonly rolesPath?: readonly string[];
  /** Nothing outside of the playbook's folder is read. @default true */
  readonly confined?: boolean;
  /** What holds where no play says anything else (`--become`, `--user`). */
  readonly keywords?: Inherited['keywords'];
  /** Opens vaulted files and values. */
  readonly decrypt?: Decrypt | undefined;
}

/** Reads a playbook with what it imports and its roles. Throws PlaybookError with everything that is wrong in them. */
export function readPlaybook(
  path: string,
  text: string,
  {
    extraVars = new Map(),
    rolesPath = [],
    confined = true,
    keywords = {},
    decrypt,
  }: ReadPlaybookOptions = {},
): Playbook {
  const problems = new Problems(path, text);
  const folder = resolve(dirname(path));
  const files = new SourceFiles(folder, confined, decrypt);
  const options: ReadingOptions = { files, folder, rolesPath, extraVars, confined, keywords };
  const plays = readPlays(problems, text, { options, open: [resolve(path)], outer: undefined });
  if (problems.errors.length > 0) throw new PlaybookError(problems.errors);
  const read = [path, ...files.seen];
  return { path, plays, files: read, deprecations: problems.deprecations, warnings: problems.warnings };
}
