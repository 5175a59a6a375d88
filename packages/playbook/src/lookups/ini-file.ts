import { LookupError } from '@tenon/jinja/errors';

/** The options of a section by name; null for one without a value. */
export type IniSection = ReadonlyMap<string, string | null>;

interface Parsing {
  readonly file: string;
  readonly caseSensitive: boolean;
  readonly allowNone: boolean;
}

const DEFAULTS = 'DEFAULT';
const HEADER = /^\[(.+)\]/;
const OPTION = /^(.*?)\s*(?:[=:]\s*(.*))?$/;
/** How deep `%(name)s` may lead. */
const MAX_DEPTH = 10;

/** An INI file as Python's ConfigParser reads it: defaults, continued lines, comments, `%(name)s`. */
export class IniFile {
  private readonly sections = new Map<string, Map<string, string | null>>([[DEFAULTS, new Map()]]);

  /** Throws LookupError for a line that is none of an INI file's. */
  constructor(
    text: string,
    private readonly how: Parsing,
  ) {
    let section: Map<string, string | null> | undefined;
    let last: string | undefined;
    for (const line of text.split(/\r?\n/)) {
      const isContinued = /^\s/.test(line) && last !== undefined;
      const content = line.trim();
      if (content === '' || /^[#;]/.test(content)) continue;
      const header = HEADER.exec(content)?.[1];
      if (isContinued && last !== undefined) {
        section?.set(last, `${section.get(last) ?? ''}\n${content}`);
      } else if (header !== undefined) {
        section = this.section(header);
        last = undefined;
      } else last = this.option(section, content);
    }
  }

  private fail(problem: string): never {
    throw new LookupError(`${problem} in '${this.how.file}'`, 'correct the file');
  }

  private section(name: string): Map<string, string | null> {
    if (this.sections.has(name) && name !== DEFAULTS) this.fail(`Duplicate section '${name}'`);
    const section = this.sections.get(name) ?? new Map<string, string | null>();
    this.sections.set(name, section);
    return section;
  }

  private option(section: Map<string, string | null> | undefined, line: string): string {
    const [, written = '', value] = OPTION.exec(line) ?? [];
    if (section === undefined) return this.fail(`File contains no section headers: '${line}'`);
    if (value === undefined && !this.how.allowNone)
      return this.fail(`Source contains parsing errors: '${line}'`);
    const name = this.spelled(written);
    if (section.has(name)) this.fail(`Duplicate option '${name}'`);
    section.set(name, value ?? null);
    return name;
  }

  private spelled(name: string): string {
    return this.how.caseSensitive ? name : name.toLowerCase();
  }

  /** A section with the defaults, everything filled in; undefined when there is none of that name. */
  read(name: string): IniSection | undefined {
    const own = this.sections.get(name);
    if (own === undefined || name === DEFAULTS) return undefined;
    const all = new Map([...(this.sections.get(DEFAULTS) ?? []), ...own]);
    return new Map(
      [...all].map(([option, value]) => [option, value === null ? null : this.filled(value, all, 0)]),
    );
  }

  /** The value of an option by the name as it is asked for. */
  value(section: IniSection, option: string): string | null | undefined {
    return section.get(this.spelled(option));
  }

  private filled(value: string, all: IniSection, depth: number): string {
    if (depth > MAX_DEPTH) this.fail('Values refer to one another too deeply');
    return value.replace(/%(?:%|\((\w+)\)s|)/g, (whole, name?: string) => {
      if (whole === '%%') return '%';
      const found = name === undefined ? undefined : all.get(this.spelled(name));
      if (found === undefined || found === null) return this.fail(`Bad value substitution '${value}'`);
      return this.filled(found, all, depth + 1);
    });
  }
}
