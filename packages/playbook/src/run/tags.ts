import { isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import type { Task, Work } from '../parse/tree.js';

/** What `--tags` and `--skip-tags` ask for. */
export interface TagChoice {
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
}

/** Whether tags are chosen (Ansible 2.14: `always`, `never`, `tagged`, `untagged`, `all`). */
export function isChosen(written: readonly string[], { tags, skipTags }: TagChoice): boolean {
  const own = new Set(written.length === 0 ? ['untagged'] : written);
  const isTagged = written.length > 0;
  const meets = (wanted: readonly string[]) => wanted.some((tag) => own.has(tag));
  const isWanted =
    own.has('always') ||
    (tags.includes('all') && !own.has('never')) ||
    meets(tags) ||
    (tags.includes('tagged') && isTagged && !own.has('never'));
  if (!isWanted) return false;
  if (skipTags.includes('all')) return own.has('always') && !skipTags.includes('always');
  return !meets(skipTags) && !(skipTags.includes('tagged') && isTagged);
}

function words(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap(words);
  if (!isStr(value)) return [plain(pyStr(value))];
  return plain(value)
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The work that is chosen; a block that has none of it is left out. */
export function chosenWork(
  work: readonly Work[],
  choice: TagChoice,
  template: (task: Task, value: Value) => Value,
): Work[] {
  if (
    choice.skipTags.length === 0 &&
    choice.tags.length === 1 &&
    choice.tags[0] === 'all' &&
    !mayBeNever(work)
  )
    return [...work];
  return work.flatMap((item): Work[] => {
    if (item.kind === 'role end') return [item];
    if (item.kind === 'task') {
      const tags = item.tags.flatMap((tag) => words(template(item, tag)));
      return isChosen(tags, choice) ? [item] : [];
    }
    const part = (each: readonly Work[]) => chosenWork(each, choice, template);
    const [tasks, rescue, always] = [part(item.tasks), part(item.rescue), part(item.always)];
    return tasks.length + rescue.length + always.length === 0 ? [] : [{ ...item, tasks, rescue, always }];
  });
}

/** Whether a tag says `never`, or could. */
function mayBeNever(work: readonly Work[]): boolean {
  return work.some((item) => {
    if (item.kind === 'role end') return false;
    if (item.kind === 'block') return [item.tasks, item.rescue, item.always].some(mayBeNever);
    return item.tags.some((tag) => !isStr(tag) || /never|\{/.test(plain(tag)));
  });
}
