import type { Problems } from './problem.js';
import { Section } from './section.js';
import type { Loop } from './tree.js';
import { toValue, type YamlNode } from './yaml.js';

const CONTROL = new Set(['loop_var', 'index_var', 'label', 'pause', 'extended', 'extended_allitems']);

function readControl(node: YamlNode | undefined, problems: Problems): Section {
  if (node !== undefined && node.kind !== 'map') problems.error(node.at, '"loop_control" takes a dictionary');
  const entries = node?.kind === 'map' ? node.entries : [];
  for (const { key, at } of entries) {
    if (!CONTROL.has(key))
      problems.error(at, `loop_control has no "${key}"; it has: ${[...CONTROL].join(', ')}`);
  }
  return new Section(entries, node?.at ?? { line: 1, column: 1 }, problems);
}

/** The loop of a task; undefined when it has none. */
export function readLoop(section: Section, withKeys: readonly string[]): Loop | undefined {
  const keys = [...(section.has('loop') ? ['loop'] : []), ...withKeys];
  const [key, second] = keys;
  const control = readControl(section.node('loop_control'), section.problems);
  if (key === undefined) return undefined;
  const at = section.placeOf(key);
  if (second !== undefined)
    section.problems.error(at, `a task has one loop, not both "${key}" and "${second}"`);
  const node = section.node(key);
  const source = node === undefined ? null : toValue(node);
  if (source === null && key === 'loop') return undefined;
  if (source === null) section.problems.error(at, `you must specify a value when using ${key}`);
  return {
    kind: key.replace(/^with_/, ''),
    source,
    at: node?.at ?? at,
    variable: control.value('loop_var') ?? 'item',
    indexVariable: control.value('index_var'),
    label: control.value('label'),
    pause: control.value('pause'),
    extended: control.value('extended'),
    allItems: control.value('extended_allitems'),
  };
}
