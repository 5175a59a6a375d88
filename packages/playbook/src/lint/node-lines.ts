import type { YamlNode } from '../parse/yaml.js';

/** The last line on which something of a node begins. */
export function lastLineOf(node: YamlNode): number {
  if (node.kind === 'list') return Math.max(node.at.line, ...node.items.map(lastLineOf));
  if (node.kind === 'map')
    return Math.max(
      node.at.line,
      ...node.entries.map(({ value, at }) => Math.max(at.line, lastLineOf(value))),
    );
  const text = typeof node.value === 'string' ? node.value : '';
  return node.at.line + text.trimEnd().split('\n').length - 1;
}
