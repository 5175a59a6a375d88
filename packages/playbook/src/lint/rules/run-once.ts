import { toValue } from '../../parse/yaml.js';
import { keyword, textOf } from '../lint-task.js';
import type { Rule } from '../rule.js';

export const runOnce: Rule = {
  name: 'run-once',
  summary: 'run_once is not used with the strategy free.',
  task(task, { plays }) {
    const isFree = plays.some(({ keys }) => {
      const strategy = keys.get('strategy');
      return strategy !== undefined && textOf(toValue(strategy.value)).endsWith('free');
    });
    const entry = task.keys.get('run_once');
    if (!isFree || entry === undefined || keyword(task, 'run_once') === false) return undefined;
    return { at: entry.at, message: 'with the strategy free, every host runs this; use the strategy linear' };
  },
};
