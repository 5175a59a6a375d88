import { expandPath, type PathOrigin } from './expand-path.js';

/** One thing that can be configured: where it is written, how it is read, and what holds when it is not. */
export interface Setting<T> {
  /** `section.key` of ansible.cfg; the last that is there counts. */
  readonly keys: readonly string[];
  /** Environment variables, which win over the file; the last that is there counts. */
  readonly environment: readonly string[];
  readonly preset: T;
  /** Throws RangeError for a text that is none of its kind. */
  readonly read: (text: string, origin: PathOrigin) => T;
}

/** Where a setting is written: a name alone is a key of [defaults], with a dot a key of another section. */
interface Written {
  readonly keys: readonly string[];
  readonly environment: readonly string[];
}

const TRUE = /^(?:y|yes|on|1|true|t|1\.0)$/i;

const sections = ({ keys, environment }: Written): Written => ({
  keys: keys.map((key) => (key.includes('.') ? key : `defaults.${key}`)),
  environment,
});

/** A pair of quotes around the whole text is not part of it. */
function unquote(text: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  return quoted?.[2] !== undefined && text.at(-2) !== '\\' ? quoted[2] : text;
}

const commaList = (text: string): string[] => text.split(',').map((item) => unquote(item.trim()));

/** Where it is written: `at(['forks'], ['ANSIBLE_FORKS'])`. */
export function at(keys: readonly string[], environment: readonly string[]): Written {
  return { keys, environment };
}

/** Any other word than the seven of Ansible means no. */
export function bool(preset: boolean, written: Written): Setting<boolean> {
  return { ...sections(written), preset, read: (text) => TRUE.test(text.trim()) };
}

/** A whole number. */
export function integer<D extends number | undefined>(preset: D, written: Written): Setting<number | D> {
  const read = (text: string): number => {
    if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new RangeError('it must be a whole number');
    return Number(text);
  };
  return { ...sections(written), preset, read };
}

/** A text without the quotes around it. */
export function text<D extends string | undefined>(preset: D, written: Written): Setting<string | D> {
  return { ...sections(written), preset, read: unquote };
}

/** One of some words. */
export function choice<C extends string>(choices: readonly C[], preset: C, written: Written): Setting<C> {
  const read = (word: string): C => {
    const found = choices.find((each) => each === unquote(word));
    if (found === undefined) throw new RangeError(`it must be one of ${choices.join(', ')}`);
    return found;
  };
  return { ...sections(written), preset, read };
}

/** Words between commas. */
export function list(preset: readonly string[], written: Written): Setting<readonly string[]> {
  return { ...sections(written), preset, read: commaList };
}

/** A file or a folder, below the folder of the configuration file. */
export function path(written: Written): Setting<string | undefined> {
  return { ...sections(written), preset: undefined, read: (text, origin) => expandPath(text, origin) };
}

/** Paths between `separator`. */
export function paths(
  separator: ',' | ':',
  preset: readonly string[],
  written: Written,
): Setting<readonly string[]> {
  const read = (text: string, origin: PathOrigin) =>
    text.split(separator).map((each) => expandPath(each.trim(), origin));
  return { ...sections(written), preset, read };
}
