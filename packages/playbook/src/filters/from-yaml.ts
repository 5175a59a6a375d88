import { OperandError } from '@tenon/jinja/errors';
import { define, type Operation } from '@tenon/jinja/signature';
import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { markUnsafe, type Value } from '@tenon/jinja/values';
import { Problems } from '../parse/problem.js';
import { parseYaml, toValue } from '../parse/yaml.js';

function read(text: string): Value {
  const problems = new Problems('the text', text);
  const node = parseYaml(text, problems);
  const [first] = problems.errors;
  if (first !== undefined)
    throw new OperandError(
      `from_yaml got a text that is no YAML: line ${first.line}: ${first.message}`,
      'give YAML',
    );
  return node === undefined ? null : toValue(node);
}

/** The documents of a text: what stands between lines of `---`, without what follows `...`. */
function documents(text: string): string[] {
  if (text.trim() === '') return [];
  const parts = text.split(/^---(?=\s|$)/m);
  const [head = '', ...rest] = parts;
  return head.trim() === '' && rest.length > 0 ? rest : parts;
}

function loaded(input: Value, load: (text: string) => Value): Value {
  if (!isStr(input)) return input;
  const value = load(plain(input));
  return hasTaint(input) ? markUnsafe(value) : value;
}

/** The filters that read YAML 1.1, as playbooks are read: what is tainted stays tainted. */
export const yamlReadingFilters: Readonly<Record<string, Operation>> = {
  from_yaml: define([], (input) => loaded(input, read)),
  from_yaml_all: define([], (input) => loaded(input, (text) => documents(text).map(read))),
};
