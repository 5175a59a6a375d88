type Section = Record<string, string>;

/** A line that no INI file has. */
export class NoIni extends Error {}

/** `%(name)s` stands for another option of the section; `%%` for a percent sign. */
function interpolate(section: Section, value: string, depth = 0): string {
  if (depth > 10) throw new NoIni('an option stands for itself');
  return value.replaceAll(/%(?:%|\(([^)]*)\)s)/g, (whole, name?: string) => {
    if (name === undefined) return '%';
    const other = section[name.toLowerCase()];
    if (other === undefined) throw new NoIni(`nothing is called ${whole}`);
    return interpolate(section, other, depth + 1);
  });
}

/** What a line is; undefined for a comment or nothing. */
function readLine(line: string): { header?: string; name?: string; value: string } | undefined {
  if (/^\s*(?:[#;]|$)/.test(line)) return undefined;
  const [, header] = /^\[([^\]]+)\]/.exec(line) ?? [];
  if (header !== undefined) return { header, value: '' };
  const [, name, value] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
  return name === undefined ? { value: line.trim() } : { name: name.toLowerCase(), value: value ?? '' };
}

function readSections(text: string): Map<string, Section> {
  const sections = new Map<string, Section>();
  let section: Section | undefined;
  let option: string | undefined;
  for (const line of text.split('\n')) {
    const read = readLine(line);
    if (read === undefined) continue;
    if (read.header !== undefined) {
      section = sections.get(read.header) ?? {};
      sections.set(read.header, section);
      option = undefined;
      continue;
    }
    if (section === undefined) throw new NoIni('an option stands before the first section');
    const continues = option !== undefined && /^\s/.test(line);
    option = continues ? option : read.name;
    if (option === undefined) throw new NoIni(`cannot read the line ${JSON.stringify(line)}`);
    section[option] = continues ? `${section[option] ?? ''}\n${line.trim()}` : read.value;
  }
  return sections;
}

/** The sections of an INI text as Python's configparser reads it; throws NoIni. */
export function readIni(text: string): Record<string, Section> {
  const sections = readSections(text);
  const defaults = sections.get('DEFAULT') ?? {};
  sections.delete('DEFAULT');
  return Object.fromEntries(
    [...sections].map(([title, own]) => {
      const all = { ...defaults, ...own };
      const values = Object.entries(all).map(([name, value]) => [name, interpolate(all, value)]);
      return [title, Object.fromEntries(values) as Section];
    }),
  );
}
