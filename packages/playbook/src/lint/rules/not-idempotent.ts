import { textOf, type LintTask } from '../lint-task.js';
import type { Complaint, Rule } from '../rule.js';

const QUOTED = /'[^']*'|"(?:\\.|[^"\\])*"|\{\{[\s\S]*?\}\}/g;

/** Why a task would change something again when it is run again. */
function reason({ module, command, args }: LintTask): string | undefined {
  const guarded = args.has('creates') || args.has('removes');
  if (command !== undefined && !guarded && command.replaceAll(QUOTED, 'x').includes('>>'))
    return '">>" adds the same again in every run; use lineinfile or blockinfile';
  if (module === 'file' && textOf(args.get('state')) === 'touch' && !args.has('modification_time'))
    return 'touch sets new times in every run; add "modification_time: preserve" and "access_time: preserve"';
  const written = [...args.values()].map(textOf).join('\n');
  if (/\|\s*password_hash\b(?!\([^)]*,)/.test(written))
    return 'password_hash takes another salt in every run; give it one as its second argument';
  if (
    /\bansible_date_time\b|\bnow\(|\brandom\b(?!\([^)]*seed)/.test(written) &&
    !/^(?:debug|set_fact|command|shell)$/.test(module)
  )
    return 'the value is another one in every run; take one that stays';
  return module === 'lineinfile' ? lineReason(args) : undefined;
}

/** A line that its own regexp does not find is added again and again. */
function lineReason(args: LintTask['args']): string | undefined {
  const [regexp, line] = [textOf(args.get('regexp')), textOf(args.get('line'))];
  if (regexp === '' || line === '' || /\{\{/.test(regexp + line) || args.get('backrefs') === true)
    return undefined;
  try {
    return new RegExp(regexp, 'u').test(line)
      ? undefined
      : '"regexp" does not find the line that is written; let it match both the old line and the new one';
  } catch {
    // Python's expressions and ours are not the same; what cannot be judged is left alone.
    return undefined;
  }
}

export const notIdempotent: Rule = {
  name: 'tenon',
  summary: 'A second run changes nothing (tenon[not-idempotent]).',
  task(task): Complaint | undefined {
    const message = reason(task);
    return message === undefined ? undefined : { at: task.moduleAt, tag: 'not-idempotent', message };
  },
};
