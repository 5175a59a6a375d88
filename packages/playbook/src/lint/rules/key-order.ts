import type { Rule } from '../rule.js';

const LAST = ['block', 'rescue', 'always'];

export const keyOrder: Rule = {
  name: 'key-order',
  summary: 'The name comes first, the tasks of a block last.',
  task({ keys, level, at }) {
    const names = [...keys.keys()];
    const wanted = [
      ...names.filter((name) => name === 'name'),
      ...names.filter((name) => name !== 'name' && !LAST.includes(name)),
      ...LAST.filter((name) => names.includes(name)),
    ];
    const isWrong = level === 'block' ? names.join() !== wanted.join() : names.indexOf('name') > 0;
    if (!isWrong) return undefined;
    return {
      at,
      tag: level === 'block' ? 'block' : 'task',
      message: `the keys stand in an order that hides what they belong to; write ${level === 'block' ? wanted.join(', ') : '"name" first'}`,
    };
  },
};
