import { ModuleError } from '../module.js';

/** A line of a sources.list (sources.list(5)), taken apart. */
export interface SourceLine {
  /** With one blank between its words; '' when the line is no source. */
  readonly source: string;
  /** False behind a `#`. */
  readonly enabled: boolean;
  readonly comment: string;
}

/** Whatever stands in a line. */
export function readSourceLine(line: string): SourceLine {
  const trimmed = line.trim();
  const enabled = !trimmed.startsWith('#');
  const text = enabled ? trimmed : trimmed.slice(1);
  const at = text.indexOf('#', 1);
  const [words, comment] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).trim()];
  const source = words.trim().split(/\s+/).join(' ');
  return { source: /^deb(?:-src)? \S/.test(source) ? source : '', enabled, comment };
}

/** The source that a task names. Throws ModuleError for what is none. */
export function wantedSource(repo: string): SourceLine {
  if (repo.trim() === '') throw new ModuleError("Please set argument 'repo' to a non-empty value");
  if (repo.startsWith('ppa:')) {
    throw new ModuleError(
      `cannot use ${repo}: archives of Launchpad are not looked up; write its line "deb …", and give its key with get_url`,
    );
  }
  const line = readSourceLine(repo);
  if (line.source === '' || !line.enabled) throw new ModuleError(`Invalid repository string: ${repo}`);
  return line;
}

/** The name of the file for a source: its address in letters, digits and `_` (Ansible 2.14). */
export function fileNameFor(source: string): string {
  const words = source
    .replaceAll(/\[[^\]]+\]/g, '')
    .replaceAll(/\w+:\/\//g, '')
    .split(/\s+/)
    .filter((word) => !/^deb(?:-src)?$/.test(word) && word !== '');
  const address = (words[0] ?? '').replace(/^[^@]*@/, '');
  return `${address
    .split(/[^a-zA-Z0-9]+/)
    .filter((part) => part !== '')
    .join('_')}.list`;
}
