import { PlaybookError } from '../../parse/problem.js';
import { readPlaybook } from '../../parse/read-playbook.js';
import type { Rule } from '../rule.js';

export const syntaxCheck: Rule = {
  name: 'syntax-check',
  summary: 'The engine can read the file.',
  file({ path, text, kind, problems }) {
    if (problems.errors.length > 0)
      return problems.errors.map(({ line, column, message }) => ({ at: { line, column }, message }));
    if (kind !== 'playbook') return undefined;
    try {
      readPlaybook(path, text);
      return undefined;
    } catch (error) {
      if (!(error instanceof PlaybookError)) throw error;
      return error.problems.map(({ file, line, column, message }) => ({
        at: file === path ? { line, column } : { line: 1, column: 1 },
        message: file === path ? message : `${file}:${line}: ${message}`,
      }));
    }
  },
};
