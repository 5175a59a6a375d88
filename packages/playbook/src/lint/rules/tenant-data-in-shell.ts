import type { LintTask } from '../lint-task.js';
import type { Complaint, Rule } from '../rule.js';

const EXPRESSION = /\{\{([\s\S]*?)\}\}/g;

/** Names of the loop and the machine, which no tenant writes. */
const OWN = /^\s*(?:ansible_\w+|inventory_hostname\w*|playbook_dir|role_path)\b/;

function unquoted(command: string): string | undefined {
  return [...command.matchAll(EXPRESSION)]
    .map(([, expression = '']) => expression)
    .find(
      (expression) =>
        !/\|\s*quote\b/.test(expression) && !OWN.test(expression) && /[A-Za-z_]/.test(expression),
    );
}

function complain({ module, command = '', moduleAt }: LintTask): Complaint | undefined {
  if (module !== 'shell') return undefined;
  const expression = unquoted(command);
  if (expression === undefined) return undefined;
  const isWritten = /^\s*(?:echo|printf|cat)\b[\s\S]*>/.test(command);
  const remedy = isWritten
    ? 'write the file with "copy: content="'
    : `write {{ ${expression.trim()} | quote }}, or use "command" with "argv"`;
  return {
    at: moduleAt,
    tag: 'tenant-data-in-shell',
    message: `the shell reads the value of {{ ${expression.trim()} }}, which a tenant may have written; ${remedy}`,
  };
}

/** What Ansible would execute (docs/decisions/0007): a value inside of a shell line. */
export const tenantDataInShell: Rule = {
  name: 'tenon',
  summary: 'No value that a tenant may have written is read by a shell (tenon[tenant-data-in-shell]).',
  task: complain,
};
