/** What one run of the fact script has printed: files, links, existing paths and outputs of programs. */
export class Printed {
  private readonly sections: ReadonlyMap<string, string>;
  private readonly contents: ReadonlyMap<string, readonly string[]>;
  private readonly targets: ReadonlyMap<string, string>;
  private readonly existing: ReadonlySet<string>;

  constructor(output: string, nonce: string) {
    this.sections = new Map(
      output
        .split(`\n${nonce} `)
        .slice(1)
        .map((section) => {
          const end = section.indexOf('\n');
          return [section.slice(0, end), section.slice(end + 1)];
        }),
    );
    this.contents = readContents(this.section('files'));
    this.targets = new Map(
      linesOf(this.section('links')).map((line) => {
        const at = line.indexOf('\t');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    );
    this.existing = new Set(linesOf(this.section('paths')));
  }

  /** What a program has printed, or '' when it was not run. */
  section(name: string): string {
    return this.sections.get(name) ?? '';
  }

  /** The sections whose names begin so, without that beginning. */
  sectionsOf(prefix: string): (readonly [name: string, text: string])[] {
    return [...this.sections].flatMap(([name, text]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), text] as const] : [],
    );
  }

  /** The text of a file without blanks around it; undefined when it is missing, unreadable or empty. */
  file(path: string): string | undefined {
    const text = this.lines(path).join('\n').trim();
    return text === '' ? undefined : text;
  }

  lines(path: string): readonly string[] {
    return this.contents.get(path) ?? [];
  }

  link(path: string): string | undefined {
    return this.targets.get(path);
  }

  exists(path: string): boolean {
    return this.existing.has(path);
  }

  /** The parts in parentheses of every file's and link's path that fits, each once, in the order of reading. */
  names(path: RegExp): string[] {
    const found = [...this.contents.keys(), ...this.targets.keys()].flatMap(
      (each) => path.exec(each)?.[1] ?? [],
    );
    return [...new Set(found)];
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** `grep -Z` prints `path NUL line` for every line. */
function readContents(text: string): Map<string, string[]> {
  const contents = new Map<string, string[]>();
  for (const line of linesOf(text)) {
    const at = line.indexOf('\0');
    const path = line.slice(0, at);
    const lines = contents.get(path);
    if (lines === undefined) contents.set(path, [line.slice(at + 1)]);
    else lines.push(line.slice(at + 1));
  }
  return contents;
}
