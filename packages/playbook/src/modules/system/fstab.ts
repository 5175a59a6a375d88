/** One line of fstab. */
export interface FstabEntry {
  readonly src: string;
  readonly name: string;
  readonly fstype: string;
  readonly opts: string;
  readonly dump: string;
  readonly passno: string;
}

/** As a field is written: blanks would end it (fstab(5)). */
function escapeField(value: string): string {
  return value
    .replaceAll('\\', '\\134')
    .replaceAll(' ', '\\040')
    .replaceAll('\t', '\\011')
    .replaceAll('&', '\\046');
}

/** The fields of an entry as its line has them. */
export function fstabFields({ src, name, fstype, opts, dump, passno }: FstabEntry): readonly string[] {
  return [src, name, fstype, opts, dump, passno].map(escapeField);
}

function fieldsOf(line: string): string[] {
  const text = line.trim();
  return text === '' || text.startsWith('#') ? [] : text.split(/\s+/);
}

/** Swap has no place to be mounted at; its entries are told apart by their source. */
function isEntryFor(fields: readonly string[], name: string, src: string | undefined): boolean {
  if (fields[1] !== escapeField(name)) return false;
  return !(src !== undefined && name === 'none' && fields[2] === 'swap' && fields[0] !== src);
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

/** The text with the entry in place of the one for the same mount point, or at the end; undefined when it is there already. */
export function withEntry(text: string, entry: FstabEntry): string | undefined {
  const wanted = fstabFields(entry);
  let [found, changed] = [false, false];
  const lines = linesOf(text).map((line) => {
    const fields = fieldsOf(line);
    if (fields.length < 4 || fields.length > 6 || !isEntryFor(fields, entry.name, entry.src)) return line;
    found = true;
    if (wanted.every((field, index) => field === fields[index])) return line;
    changed = true;
    return wanted.join(' ');
  });
  if (!found) lines.push(wanted.join(' '));
  return changed || !found ? joined(lines) : undefined;
}

/** The text without the entries for a mount point; undefined when there is none. Only whole entries of six fields count. */
export function withoutEntry(text: string, name: string, src: string | undefined): string | undefined {
  const lines = linesOf(text);
  const kept = lines.filter((line) => {
    const fields = fieldsOf(line);
    return fields.length !== 6 || !isEntryFor(fields, name, src);
  });
  return kept.length === lines.length ? undefined : joined(kept);
}
