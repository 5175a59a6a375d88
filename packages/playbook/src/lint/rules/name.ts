import { toValue } from '../../parse/yaml.js';
import { keyword, textOf } from '../lint-task.js';
import type { Complaint, Rule } from '../rule.js';

/** Names are what a reader of the output sees. */
export const name: Rule = {
  name: 'name',
  summary: 'Plays and tasks have a name.',
  play({ keys, at }): Complaint | undefined {
    if (keys.has('name') || [...keys.keys()].some((key) => key.endsWith('import_playbook'))) return undefined;
    return { at, tag: 'play', message: 'this play has no name; say with "name:" what it is for' };
  },
  task(task) {
    if (task.level === 'block' || task.module === 'meta') return undefined;
    const written = textOf(keyword(task, 'name'));
    if (written.trim() !== '') return undefined;
    const what = task.module === '' ? 'task' : `task (${task.module})`;
    return {
      at: task.at,
      tag: 'missing',
      message: `this ${what} has no name; say with "name:" what is true after it`,
    };
  },
};

const startsLow = (text: string) => /^\p{Ll}/u.test(text.trim());

/** ansible-lint's `name[casing]`; a matter of taste, so nobody has to. */
export const nameCasing: Rule = {
  name: 'name[casing]',
  summary: 'Names begin with a capital letter.',
  optional: true,
  play({ keys }) {
    const entry = keys.get('name');
    if (entry === undefined || !startsLow(textOf(toValue(entry.value)))) return undefined;
    return { at: entry.at, message: 'this name begins with a small letter; write a capital one' };
  },
  task(task) {
    const entry = task.keys.get('name');
    if (entry === undefined || !startsLow(textOf(keyword(task, 'name')))) return undefined;
    return { at: entry.at, message: 'this name begins with a small letter; write a capital one' };
  },
};
