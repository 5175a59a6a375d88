import type { Str, Value } from '@tenon/jinja/values';

interface CommonOption {
  /** One sentence for the reference. */
  readonly help: string;
  readonly required?: true;
  readonly aliases?: readonly string[];
  /** Never shown in a result or an error. */
  readonly secret?: true;
}

interface TextOption extends CommonOption {
  readonly type: 'str';
  readonly choices?: readonly string[];
  readonly default?: string;
}

/** A file on the machine: `~` and `$NAME` are expanded there; tenant data in it stays inside its folder. */
interface PathOption extends CommonOption {
  readonly type: 'path';
  readonly default?: string;
}

interface FlagOption extends CommonOption {
  readonly type: 'bool';
  readonly default?: boolean;
}

interface IntegerOption extends CommonOption {
  readonly type: 'int';
  readonly default?: number;
}

/** A list of texts; one text is split at its commas. */
interface ListOption extends CommonOption {
  readonly type: 'list';
  readonly default?: readonly string[];
}

interface DictionaryOption extends CommonOption {
  readonly type: 'dict';
}

/** Taken as it comes. */
interface RawOption extends CommonOption {
  readonly type: 'raw';
}

/** One argument of a module, declared once: validation, reference and editor schema derive from it. */
export type Option =
  TextOption | PathOption | FlagOption | IntegerOption | ListOption | DictionaryOption | RawOption;

export type Options = Readonly<Record<string, Option>>;

interface ArgumentTypes {
  str: Str;
  path: Str;
  bool: boolean;
  int: number;
  list: readonly Str[];
  dict: ReadonlyMap<Value, Value>;
  raw: Value;
}

type Given<O extends Option> = O extends { required: true } | { default: unknown }
  ? ArgumentTypes[O['type']]
  : ArgumentTypes[O['type']] | undefined;

/** The arguments of a module after validation: one property an option. */
export type Arguments<S extends Options> = { readonly [Name in keyof S]: Given<S[Name]> };

/** The option that a name or an alias means. */
export function findOption(options: Options, name: string): string | undefined {
  if (name in options) return name;
  return Object.keys(options).find((candidate) => options[candidate]?.aliases?.includes(name));
}

/** Every spelling that is accepted. */
export function optionNames(options: Options): string[] {
  return Object.entries(options).flatMap(([name, option]) => [name, ...(option.aliases ?? [])]);
}
