import { truth } from '../python/compare.js';
import { integer } from '../python/convert.js';
import { define, type Operation } from '../signature.js';
import type { Value } from '../values.js';
import { dumpYaml, type YamlStyle } from '../yaml/dump.js';

const PARAMETERS = ['indent', 'width', 'sort_keys', 'default_flow_style', '**others'];

/** The indentation PyYAML takes: 2 to 9 blanks, else 2. */
const indentOf = (value: Value): number => {
  const indent = integer(value);
  return indent > 1 && indent < 10 ? indent : 2;
};

/** As libyaml: no width that two indentations fill, and below 0 no end of lines. */
function widthOf(width: number, indent: number): number {
  if (width < 0) return Infinity;
  return width > 2 * indent ? width : 80;
}

const yaml = (style: YamlStyle): Operation =>
  define(PARAMETERS, (input, [indent = style.indent, width = style.width, sortKeys = true, flow]) => {
    return dumpYaml(input, {
      indent: indentOf(indent),
      width: widthOf(integer(width), indentOf(indent)),
      sortKeys: truth(sortKeys),
      flowLeaves: flow === undefined ? style.flowLeaves : flow === null,
      flowAll: flow !== undefined && flow !== null && truth(flow),
    });
  });

/** Filters that write YAML. Reading it is the host's: pass a `from_yaml` to the environment. */
export const yamlFilters: Record<string, Operation> = {
  to_nice_yaml: yaml({ indent: 4, flowLeaves: false, sortKeys: true, width: 80 }),
  to_yaml: yaml({ indent: 2, flowLeaves: true, sortKeys: true, width: 80 }),
};
