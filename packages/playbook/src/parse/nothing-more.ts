import type { Task } from './tree.js';

/** What a task has that the engine adds by itself: a module with its arguments, and nothing around it. */
export const NOTHING_MORE = {
  moreArgs: undefined,
  loop: undefined,
  register: undefined,
  listen: [],
  changedWhen: [],
  failedWhen: [],
  retry: undefined,
  async: undefined,
  poll: undefined,
} satisfies Partial<Task>;
