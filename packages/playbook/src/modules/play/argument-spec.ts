import { equals } from '@tenon/jinja/python/compare';
import { typeName } from '@tenon/jinja/python/type-name';
import { isStr, plain } from '@tenon/jinja/text';
import { PyFloat, pyStr, type Value } from '@tenon/jinja/values';

type Spec = ReadonlyMap<Value, Value>;
type Given = ReadonlyMap<string, Value>;

const BOOLS = /^(?:yes|on|true|1|1\.0|y|t|no|off|false|0|0\.0|n|f)$/i;

const isNumber = (value: Value) => typeof value === 'number' || typeof value === 'bigint';

/** Whether a value is of a type or can be made one, as module arguments can. */
const IS: Readonly<Record<string, (value: Value) => boolean>> = {
  str: () => true,
  path: () => true,
  raw: () => true,
  jsonarg: () => true,
  json: () => true,
  bytes: () => true,
  bits: () => true,
  bool: (value) => typeof value === 'boolean' || BOOLS.test(plain(pyStr(value))),
  int: (value) => isNumber(value) || /^[-+]?\d+$/.test(plain(pyStr(value)).trim()),
  float: (value) =>
    value instanceof PyFloat || isNumber(value) || Number.isFinite(Number(plain(pyStr(value)).trim() || 'x')),
  list: (value) => Array.isArray(value) || isStr(value) || isNumber(value),
  dict: (value) => value instanceof Map || (isStr(value) && /^\s*\{|=/.test(plain(value))),
};

const text = (spec: Spec, key: string): string | undefined => {
  const value = spec.get(key);
  return value === undefined || value === null ? undefined : plain(pyStr(value));
};

function inside(context: string): string {
  return context === '' ? '' : ` found in ${context}`;
}

function wrongChoice(name: string, spec: Spec, value: Value, context: string): string[] {
  const choices = spec.get('choices');
  if (!Array.isArray(choices)) return [];
  const given = Array.isArray(value) ? value : [value];
  const fits = (each: Value) =>
    choices.some((choice) => equals(choice, each) || plain(pyStr(choice)) === plain(pyStr(each)));
  const wrong = given.filter((each) => !fits(each));
  if (wrong.length === 0) return [];
  const known = choices.map((choice) => plain(pyStr(choice))).join(', ');
  const what = Array.isArray(value) ? 'one or more of' : 'one of';
  const no = Array.isArray(value)
    ? `no match for: ${wrong.map((each) => plain(pyStr(each))).join(', ')}`
    : `got: ${plain(pyStr(value))}`;
  return [`value of ${name} must be ${what}: ${known}, ${no}${inside(context)}`];
}

function wrongType(name: string, spec: Spec, value: Value, context: string): string[] {
  const type = text(spec, 'type') ?? 'str';
  const is = IS[type];
  if (is === undefined || is(value)) return wrongElements(name, spec, value, context);
  const where = context === '' ? '' : ` found in '${context}'`;
  return [
    `argument '${name}' is of type ${pythonType(value)}${where} and we were unable to convert to ${type}: ${pythonType(value)} cannot be converted to ${anOr(type)}`,
  ];
}

function anOr(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function pythonType(value: Value): string {
  return `<class '${typeName(value).replace(/^AnsibleUnsafeText$|^AnsibleUnicode$/, 'str')}'>`;
}

function wrongElements(name: string, spec: Spec, value: Value, context: string): string[] {
  const elements = text(spec, 'elements');
  if (elements === undefined || !Array.isArray(value)) return [];
  const is = IS[elements];
  const wrong = value.filter((each) => is !== undefined && !is(each));
  return wrong.map((each) => {
    const where = context === '' ? '' : ` found in '${context}'`;
    return `Elements value for option '${name}'${where} is of type ${pythonType(each)} and we were unable to convert to ${elements}: ${pythonType(each)} cannot be converted to ${anOr(elements)}`;
  });
}

/** Dictionaries inside have specifications of their own. */
function wrongOptions(name: string, spec: Spec, value: Value, context: string): string[] {
  const options = spec.get('options');
  if (!(options instanceof Map)) return [];
  const path = context === '' ? name : `${context} -> ${name}`;
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => {
    if (!(item instanceof Map)) return [];
    const given = new Map([...item].map(([key, each]) => [plain(pyStr(key)), each]));
    const unknown = [...given.keys()].filter((key) => !options.has(key));
    const unsupported =
      unknown.length === 0
        ? []
        : [
            `${unknown.map((key) => `${path.replaceAll(' -> ', '.')}.${key}`).join(', ')}. Supported parameters include: ${[...options.keys()].map((key) => plain(pyStr(key))).join(', ')}.`,
          ];
    return [...wrongArguments(options, given, path), ...unsupported];
  });
}

/** What is wrong with values by their specification, in Ansible's words; [] when all is well. */
export function wrongArguments(specs: Spec, given: Given, context = ''): string[] {
  const entries = [...specs].map(
    ([name, spec]) => [plain(pyStr(name)), spec instanceof Map ? spec : new Map<Value, Value>()] as const,
  );
  const missing = entries
    .filter(([name, spec]) => spec.get('required') === true && (given.get(name) ?? null) === null)
    .map(([name]) => name);
  const required =
    missing.length === 0
      ? []
      : [`missing required arguments: ${missing.sort().join(', ')}${inside(context)}`];
  return [
    ...required,
    ...entries.flatMap(([name, spec]) => {
      const value = given.get(name);
      if (value === undefined || value === null) return [];
      const wrong = wrongType(name, spec, value, context);
      return wrong.length > 0
        ? wrong
        : [...wrongChoice(name, spec, value, context), ...wrongOptions(name, spec, value, context)];
    }),
  ];
}
