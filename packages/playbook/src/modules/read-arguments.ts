import { fromJs, omit, pyStr, spansOf, type Span, type Str, type Value } from '@tenon/jinja/values';
import { isStr, fromSpans, plain } from '@tenon/jinja/text';
import { readPairs } from '../parse/key-value.js';
import { didYouMean } from '../parse/nearest.js';
import { findOption, optionNames, type Option, type Options } from './options.js';

const TRUE = new Set(['yes', 'on', 'true', '1', 'y', 't']);
const FALSE = new Set(['no', 'off', 'false', '0', 'n', 'f', '']);

/** Arguments by the name that the playbook uses. */
export type RawArguments = ReadonlyMap<string, Value>;

/** A value that an option cannot take; the text says what it takes. */
class WrongValue extends Error {}

/** The same for an option with a list of values. */
class WrongChoice extends Error {
  constructor(readonly choices: readonly string[]) {
    super();
  }
}

function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const text = plain(pyStr(value)).trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new WrongValue('takes yes or no');
}

function toInteger(value: Value): number {
  if (typeof value === 'number') return value;
  const text = plain(pyStr(value)).trim();
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  throw new WrongValue('takes a whole number');
}

/** Splits at commas that the playbook wrote; a comma in tenant data is data. */
function splitList(text: Str): Str[] {
  const items: Span[][] = [[]];
  for (const span of spansOf(text)) {
    const [first = '', ...more] = span.tainted ? [span.text] : span.text.split(',');
    items.at(-1)?.push({ text: first, tainted: span.tainted });
    for (const part of more) items.push([{ text: part, tainted: false }]);
  }
  return items
    .map((spans) => trimTrusted(fromSpans(spans)))
    .filter((item) => plain(item) !== '' || items.length > 1);
}

function trimTrusted(text: Str): Str {
  return typeof text === 'string' ? text.trim() : text;
}

function toList(value: Value): Str[] {
  if (Array.isArray(value)) return value.map(pyStr);
  return isStr(value) ? splitList(value) : [pyStr(value)];
}

function toDictionary(value: Value): Value {
  if (value instanceof Map) return value;
  if (!isStr(value)) throw new WrongValue('takes a dictionary');
  const text = plain(value);
  if (text.trimStart().startsWith('{')) {
    try {
      return fromJs(JSON.parse(text));
    } catch {
      throw new WrongValue('takes a dictionary; this text is not JSON');
    }
  }
  return fromJs(new Map(readPairs(text.replaceAll(',', ' ')).options));
}

function toText(value: Value, option: Option & { type: 'str' | 'path' }): Str {
  const text = pyStr(value);
  const choices = 'choices' in option ? option.choices : undefined;
  if (choices === undefined || choices.includes(plain(text))) return text;
  // YAML reads `yes` and `no` as bools; a choice of that name was meant.
  const meant =
    typeof value === 'boolean' ? choices.find((choice) => toBoolOrNothing(choice) === value) : undefined;
  if (meant !== undefined) return meant;
  throw new WrongChoice(choices);
}

function toBoolOrNothing(text: string): boolean | undefined {
  return TRUE.has(text) ? true : FALSE.has(text) ? false : undefined;
}

function convert(option: Option, value: Value): unknown {
  switch (option.type) {
    case 'bool':
      return toBool(value);
    case 'int':
      return toInteger(value);
    case 'list':
      return toList(value);
    case 'dict':
      return toDictionary(value);
    case 'raw':
      return value;
    case 'str':
    case 'path':
      return toText(value, option);
  }
}

/** What was given; undefined when it is a secret or a long text. */
function shown(option: Option, value: Value): string | undefined {
  const text = plain(pyStr(value));
  return option.secret === true || text.length > 60 ? undefined : text;
}

/** What is wrong with the names alone, in Ansible's words; can be said before anything is templated. */
export function checkNames(module: string, options: Options, given: Iterable<string>): string[] {
  const problems: string[] = [];
  const present = new Set<string>();
  for (const name of given) {
    const option = findOption(options, name);
    if (option === undefined) {
      const known = optionNames(options);
      const hint =
        didYouMean(name, known) || `. Supported parameters include: ${Object.keys(options).join(', ')}`;
      problems.push(`Unsupported parameters for (${module}) module: ${name}${hint}`);
    } else if (present.has(option)) problems.push(`${module}: the option "${option}" is given twice`);
    else present.add(option);
  }
  const missing = Object.keys(options).filter(
    (name) => options[name]?.required === true && !present.has(name),
  );
  if (missing.length > 0) problems.push(`${module}: missing required arguments: ${missing.join(', ')}`);
  return problems;
}

/** The value of one option, or the sentence that says why it cannot be. */
export function checkValue(
  module: string,
  name: string,
  option: Option,
  value: Value,
): { value: unknown } | { problem: string } {
  try {
    return { value: convert(option, value) };
  } catch (error) {
    const given = shown(option, value);
    if (error instanceof WrongChoice) {
      const choices = error.choices.join(', ');
      return {
        problem: `${module}: value of ${name} must be one of: ${choices}, got: ${given ?? 'another'}`,
      };
    }
    if (!(error instanceof WrongValue)) throw error;
    return {
      problem: `${module}: ${name} ${error.message}, not ${given === undefined ? 'this value' : JSON.stringify(given)}`,
    };
  }
}

/** Validated arguments with defaults, or every problem at once. None and `omit` mean: not given. */
export function readArguments(
  module: string,
  options: Options,
  raw: RawArguments,
): { args: Record<string, unknown> } | { problems: string[] } {
  const given = new Map([...raw].filter(([, value]) => value !== null && value !== omit));
  const problems = checkNames(module, options, given.keys());
  const args: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options))
    args[name] = 'default' in option ? option.default : undefined;
  for (const [key, value] of given) {
    const name = findOption(options, key);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || option === undefined) continue;
    const checked = checkValue(module, name, option, value);
    if ('problem' in checked) problems.push(checked.problem);
    else args[name] = checked.value;
  }
  return problems.length > 0 ? { problems } : { args };
}
