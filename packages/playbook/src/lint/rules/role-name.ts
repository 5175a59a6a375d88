import { toValue, type YamlNode } from '../../parse/yaml.js';
import { textOf } from '../lint-task.js';
import type { Complaint, Rule } from '../rule.js';

const GOOD = /^[a-z][a-z0-9_]*$/;

function nameOf(node: YamlNode): string {
  if (node.kind !== 'map') return textOf(toValue(node));
  const entry = node.entries.find(({ key }) => key === 'role' || key === 'name');
  return entry === undefined ? '' : textOf(toValue(entry.value));
}

export const roleName: Rule = {
  name: 'role-name',
  summary: 'Roles have names of small letters, digits and _.',
  play({ keys }): Complaint[] {
    const roles = keys.get('roles')?.value;
    if (roles?.kind !== 'list') return [];
    return roles.items.flatMap((item) => {
      // A role of a collection, or below a path, is named by its last part.
      const name = nameOf(item).replace(/^.*[./]/, '');
      if (name === '' || name.includes('{{') || GOOD.test(name)) return [];
      return [
        {
          at: item.at,
          message: `a role "${name}" cannot be in a collection; use small letters, digits and _`,
        },
      ];
    });
  },
};
