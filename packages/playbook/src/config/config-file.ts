import { ConfigError } from './config-error.js';

/** The texts of a configuration file by `section.key`. */
export type ConfigTexts = ReadonlyMap<string, string>;

/** Without a comment behind it: a `;` after a blank begins one, a `#` does not. */
const withoutComment = (text: string): string => text.replace(/(?:^|\s);.*$/, '').trim();

/** Reads one file; a class because a line may go on with what the line before it began. */
class ConfigFileReader {
  readonly texts = new Map<string, string>();
  private section: string | undefined;
  private key: string | undefined;
  private line = 0;

  constructor(private readonly path: string) {}

  read(text: string): void {
    for (const line of text.split(/\r?\n/)) {
      this.line += 1;
      if (/^\s*[#;]/.test(line)) continue;
      const content = withoutComment(line);
      if (content === '') continue;
      if (/^\s/.test(line) && this.key !== undefined) this.goOn(this.key, content);
      else this.readLine(content);
    }
  }

  private goOn(key: string, content: string): void {
    this.texts.set(key, `${this.texts.get(key) ?? ''}\n${content}`.trim());
  }

  private readLine(content: string): void {
    const header = /^\[(.+)\]/.exec(content)?.[1];
    if (header !== undefined) {
      this.section = header;
      this.key = undefined;
      return;
    }
    if (this.section === undefined) this.fail('File contains no section headers; begin with [defaults]');
    const [, name, value = ''] = /^(.*?)\s*[=:]\s*(.*)$/.exec(content) ?? [];
    if (name === undefined || name === '') this.fail(`${JSON.stringify(content)} is no "key = value"`);
    this.key = `${this.section}.${name.toLowerCase()}`;
    if (this.texts.has(this.key)) this.fail(`option '${name}' in section '${this.section}' already exists`);
    this.texts.set(this.key, value);
  }

  private fail(why: string): never {
    throw new ConfigError(`Error reading config file (${this.path}): line ${this.line}: ${why}`);
  }
}

/** Reads an ansible.cfg as Python's ConfigParser does. Throws ConfigError, which names the line. */
export function parseConfigFile(path: string, text: string): ConfigTexts {
  const reader = new ConfigFileReader(path);
  reader.read(text);
  return reader.texts;
}
