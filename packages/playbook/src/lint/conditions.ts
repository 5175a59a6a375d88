import { toValue, type YamlEntry } from '../parse/yaml.js';
import { textOf, type LintTask } from './lint-task.js';

const CONDITIONS = ['when', 'changed_when', 'failed_when', 'until'];

/** A condition of a task, as text, with the keyword that holds it. */
export interface WrittenCondition {
  readonly keyword: string;
  readonly text: string;
  readonly at: YamlEntry['at'];
}

/** All conditions of a task, one for each item of a list; `that` of assert is one too. */
export function conditionsOf(task: LintTask): WrittenCondition[] {
  const written = CONDITIONS.flatMap((keyword) => {
    const entry = task.keys.get(keyword);
    return entry === undefined ? [] : [{ keyword, value: toValue(entry.value), at: entry.at }];
  });
  const that = task.module === 'assert' ? task.args.get('that') : undefined;
  const all =
    that === undefined ? written : [...written, { keyword: 'that', value: that, at: task.moduleAt }];
  return all.flatMap(({ keyword, value, at }) =>
    (Array.isArray(value) ? value : [value]).map((item) => ({ keyword, text: textOf(item), at })),
  );
}
