import { fromJs, type Value } from '@tenon/jinja/values';
import type { Decrypt } from '../vault/decrypt.js';
import type { Problems } from './problem.js';
import { YamlMaker } from './yaml-maker.js';
import { YamlFault, type YamlNode } from './yaml-node.js';
import { YamlSource } from './yaml-source.js';
import { YamlStructure } from './yaml-structure.js';

export type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml-node.js';

interface YamlOptions {
  /** Opens `!vault` values. */
  readonly decrypt?: Decrypt | undefined;
}

// eslint-disable-next-line no-control-regex -- these are what YAML forbids.
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Every line break as `\n`, so that places are right; the byte order mark is none of the text. */
function prepare(text: string): string {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  return /[\r\x85]/.test(bare) ? bare.replaceAll(/\r\n?|\x85/g, '\n') : bare;
}

/**
 * Reads YAML 1.1 as PyYAML with libyaml does; undefined for an empty file. What is wrong goes to `problems`, in
 * libyaml's words. Written here because no library agrees with PyYAML on words (measured: `yaml` 2.9 and js-yaml 5),
 * and loading one takes longer than a playbook (`yaml`: 90 ms, and 27 ms for its first 1.5 kB).
 */
export function parseYaml(
  text: string,
  problems: Problems,
  { decrypt }: YamlOptions = {},
): YamlNode | undefined {
  const source = new YamlSource(prepare(text));
  try {
    const forbidden = FORBIDDEN.exec(source.text);
    if (forbidden !== null) {
      const before = source.text.slice(0, forbidden.index).split('\n');
      const at = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
      throw new YamlFault(at, 'control characters are not allowed');
    }
    return new YamlStructure(source, new YamlMaker(problems, decrypt)).document();
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    problems.error(error.at, `this is not YAML: ${error.message}`);
    return undefined;
  }
}

/** The value without its places, as templates see it. */
export function toValue(node: YamlNode): Value {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toValue);
  return fromJs(new Map(node.entries.map((entry) => [entry.keyValue, toValue(entry.value)])));
}
