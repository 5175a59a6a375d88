import type { Problems } from './problem.js';
import { Section } from './section.js';
import type { Loop } from './tree.js';
import { toValue, type YamlNode } from './yaml.js';

const WITH = { with_items: 'items', with_list: 'list', with_dict: 'dict' } as const;
const CONTROL = new Set(['loop_var', 'index_var', 'label', 'pause', 'extended']);

function isKnownWith(key: string): key is keyof typeof WITH {
  return Object.hasOwn(WITH, key);
}

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
  if (key === undefined) return undefined;
  const at = section.placeOf(key);
  if (second !== undefined)
    section.problems.error(at, `a task has one loop, not both "${key}" and "${second}"`);
  if (key !== 'loop' && !isKnownWith(key)) {
    section.problems.error(at, `"${key}" is not supported yet; write it as "loop" with a filter`);
  }
  const node = section.node(key);
  const control = readControl(section.node('loop_control'), section.problems);
  return {
    kind: isKnownWith(key) ? WITH[key] : 'loop',
    source: node === undefined ? null : toValue(node),
    at: node?.at ?? at,
    variable: control.text('loop_var') ?? 'item',
    indexVariable: control.text('index_var'),
    label: control.value('label'),
    pause: control.value('pause'),
    extended: control.value('extended'),
  };
}
