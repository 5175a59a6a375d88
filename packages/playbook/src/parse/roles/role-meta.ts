import type { Problems } from '../problem.js';
import { Section } from '../section.js';
import type { YamlNode } from '../yaml.js';

export interface RoleMeta {
  readonly dependencies: readonly YamlNode[];
  readonly allowDuplicates: boolean;
}

/** What meta/main.yml says to the engine; the rest of it is for Galaxy. */
export function readRoleMeta(node: YamlNode, problems: Problems): RoleMeta {
  if (node.kind !== 'map') {
    problems.error(node.at, "the 'meta/main.yml' of a role is a dictionary");
    return { dependencies: [], allowDuplicates: false };
  }
  const section = new Section(node.entries, node.at, problems);
  const dependencies = section.node('dependencies');
  if (dependencies !== undefined && dependencies.kind !== 'list' && section.value('dependencies') !== null)
    problems.error(dependencies.at, 'the dependencies of a role are a list');
  return {
    dependencies: dependencies?.kind === 'list' ? dependencies.items : [],
    allowDuplicates: section.value('allow_duplicates') === true,
  };
}
