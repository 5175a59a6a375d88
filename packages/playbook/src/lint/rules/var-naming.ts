import { basename, dirname } from 'node:path';
import type { YamlNode } from '../../parse/yaml.js';
import { keyword, textOf, type LintTask } from '../lint-task.js';
import type { Complaint, Rule } from '../rule.js';

const GOOD = /^[a-z_][a-z0-9_]*$/;
const PYTHON =
  /^(?:False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)$/;

type Named = Omit<Complaint, 'message'> & { readonly name: string };

function complain(names: readonly Named[]): Complaint[] {
  return names.flatMap(({ name, at }) => {
    if (name.includes('{{') || name.startsWith('ansible_')) return [];
    if (PYTHON.test(name))
      return [{ at, tag: 'no-keyword', message: `"${name}" is a word of Python; name it otherwise` }];
    if (GOOD.test(name)) return [];
    return [
      {
        at,
        tag: 'pattern',
        message: `"${name}" is no good name for a variable; use small letters, digits and _`,
      },
    ];
  });
}

function namesIn(node: YamlNode | undefined): Named[] {
  return node?.kind === 'map' ? node.entries.map(({ key, at }) => ({ name: key, at })) : [];
}

function namesOf(task: LintTask): Named[] {
  const register = task.keys.get('register');
  const facts =
    task.module === 'set_fact' ? [...task.args.keys()].filter((name) => name !== 'cacheable') : [];
  return [
    ...namesIn(task.keys.get('vars')?.value),
    ...(register === undefined ? [] : [{ name: textOf(keyword(task, 'register')), at: register.at }]),
    ...facts.map((name) => ({ name, at: task.moduleAt })),
  ];
}

export const varNaming: Rule = {
  name: 'var-naming',
  summary: 'Variables have names of small letters, digits and _.',
  file({ kind, root, path }) {
    if (kind !== 'variables') return [];
    // In group_vars of another tool's inventory anything may stand; in a role it is ours.
    return /^(?:vars|defaults|group_vars|host_vars)$/.test(basename(dirname(path)))
      ? complain(namesIn(root))
      : [];
  },
  play: ({ keys }) => complain(namesIn(keys.get('vars')?.value)),
  task: (task) => complain(namesOf(task)),
};
