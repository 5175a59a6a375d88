import { Dict } from '@tenon/jinja/dict';
import type { Value } from '@tenon/jinja/values';
import type { Task } from '../parse/tree.js';

/** `ansible_failed_task`: what a rescue may want to know about the task that has failed. */
export function failedTaskOf(task: Task, name: string): Value {
  return new Dict([
    ['name', name],
    ['action', task.action],
    ['args', new Dict([...task.args])],
    ['register', task.register ?? null],
    ['tags', [...task.tags]],
    ['when', task.when.map((condition) => condition.expression)],
    ['delegate_to', task.keywords.delegate_to ?? null],
    ['become', task.keywords.become ?? null],
    ['become_user', task.keywords.become_user ?? null],
    ['ignore_errors', task.keywords.ignore_errors ?? null],
    ['role', task.role?.name ?? null],
  ]);
}
