import { conditionsOf } from '../conditions.js';
import type { Rule } from '../rule.js';

export const noJinjaWhen: Rule = {
  name: 'no-jinja-when',
  summary: 'Conditions are expressions already.',
  task: (task) =>
    conditionsOf(task).flatMap(({ keyword, text, at }) =>
      /\{\{|\{%/.test(text)
        ? [{ at, message: `"${keyword}" is an expression already; leave the {{ }} out` }]
        : [],
    ),
};
