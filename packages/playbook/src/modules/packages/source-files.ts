import { readSourceLine, type SourceLine } from './source-line.js';

/** The texts of the files of sources, by path. */
export type SourceFiles = ReadonlyMap<string, string>;

/** A file that has to be written; undefined where there is none. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const linesOf = (text: string) => text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);

/** The files in which `change` makes something else of a line; an undefined line goes, and a file without lines too. */
function changeLines(files: SourceFiles, change: (line: string) => string | undefined): ChangedFile[] {
  return [...files].flatMap(([path, before]) => {
    const lines = linesOf(before).flatMap((line) => change(line) ?? []);
    const after = lines.length === 0 ? undefined : lines.map((line) => `${line}\n`).join('');
    const same = linesOf(before).join('\n') === lines.join('\n');
    return same ? [] : [{ path, before, after }];
  });
}

const written = ({ source, comment }: SourceLine) => (comment === '' ? source : `${source} # ${comment}`);

/** What to write so that a source is there: where it is disabled it is enabled, else it stands in `path` at the end. */
export function addSource(files: SourceFiles, wanted: SourceLine, path: string): ChangedFile[] {
  const same = (line: SourceLine) => line.source === wanted.source;
  const enabled = changeLines(files, (line) => {
    const read = readSourceLine(line);
    return same(read) && !read.enabled ? written(read) : line;
  });
  const isThere = [...files.values()].some((text) =>
    linesOf(text).some((line) => same(readSourceLine(line))),
  );
  if (isThere) return enabled;
  const before = files.get(path);
  const kept =
    before === undefined || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}\n`;
  return [{ path, before, after: `${kept}${written(wanted)}\n` }];
}

/** What to write so that a source is nowhere; a disabled one may stay. */
export function removeSource(files: SourceFiles, wanted: SourceLine): ChangedFile[] {
  return changeLines(files, (line) => {
    const read = readSourceLine(line);
    return read.enabled && read.source === wanted.source ? undefined : line;
  });
}
