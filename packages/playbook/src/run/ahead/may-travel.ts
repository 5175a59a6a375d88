import type { Condition, Task } from '../../parse/tree.js';

/** Modules that act on this machine, on the run or on variables, or wait: nothing is done around them. */
const ALONE =
  /^(?:add_host|async_status|fetch|gather_facts|getent|group_by|hostname|include.*|import.*|known_hosts|meta|pause|reboot|set_stats|setup|wait_for.*|.*_facts|uri)$/;

const isPlain = ({ expression }: Condition) =>
  typeof expression === 'boolean' ||
  (typeof expression === 'string' && /^(?:true|false|yes|no)$/i.test(expression));

/** Whether a task may share a round trip with others at all. */
function travels(task: Task): boolean {
  const { keywords } = task;
  return (
    !ALONE.test(task.module.name) &&
    task.retry === undefined &&
    task.async === undefined &&
    keywords.delegate_to === undefined &&
    keywords.timeout === undefined &&
    task.loop?.pause === undefined
  );
}

/** Items may be under way at once: each is done whatever becomes of the others. */
export function itemsMayTravel(task: Task): boolean {
  return travels(task) && task.module.name !== 'set_fact';
}

/** It may be begun ahead. What sets a variable from item to item needs its items settled. */
export function mayFollow(task: Task): boolean {
  return travels(task) && (task.module.name !== 'set_fact' || task.loop === undefined);
}

/**
 * Others may be begun behind it: whether it has failed is known from what its machine says, so the machine itself runs nothing
 * behind a failure. A condition that decides about it is asked only here.
 */
export function mayLead(task: Task): boolean {
  const decides = task.failedWhen.some((condition) => condition.expression !== false);
  return mayFollow(task) && !decides && task.changedWhen.every(isPlain);
}
