import type { YamlEntry } from '../../parse/yaml.js';
import type { Complaint, Rule } from '../rule.js';

function check(keys: ReadonlyMap<string, YamlEntry>): Complaint | undefined {
  const user = keys.get('become_user');
  if (user === undefined || keys.has('become')) return undefined;
  return { at: user.at, message: '"become_user" alone does nothing; write "become: true" beside it' };
}

export const partialBecome: Rule = {
  name: 'partial-become',
  summary: 'become_user has become beside it.',
  play: ({ keys }) => check(keys),
  task: ({ keys }) => check(keys),
};
