import { isStr, plain } from '@tenon/jinja/text';
import { keywordSupport } from './keywords.js';
import { inherit } from './inherit.js';
import { readLoop } from './read-loop.js';
import type { Section } from './section.js';
import { readAction, type Action } from './task-action.js';
import { readTaskArguments } from './task-arguments.js';
import type { Inherited, Retry, Task } from './tree.js';

function readRetry(section: Section): Retry | undefined {
  if (!section.has('until')) return undefined;
  return {
    until: section.conditions('until'),
    retries: section.value('retries'),
    delay: section.value('delay'),
  };
}

function readRegister(section: Section): string | undefined {
  const name = section.text('register');
  if (name === undefined || /^[A-Za-z_]\w*$/.test(name) || name.includes('{{')) return name;
  section.problems.error(
    section.placeOf('register'),
    `Invalid variable name in 'register' specified: '${name}'; use letters, digits and _`,
  );
  return undefined;
}

/** The keys of a task that are no keywords: one of them should be a module. */
function actionCandidates(section: Section, level: 'task' | 'handler'): string[] {
  return section
    .keys()
    .filter(
      (key) => keywordSupport(key, level) === undefined && !key.startsWith('with_') && key !== 'static',
    );
}

/** The action that a task names, without looking at anything else. */
export function actionOf(section: Section, level: 'task' | 'handler'): Action | undefined {
  return readAction(section, actionCandidates(section, level));
}

/** Reads a task whose action is known. */
export function readTask(
  section: Section,
  action: Action,
  parent: Inherited,
  level: 'task' | 'handler',
): Task {
  const withKeys = section.keys().filter((key) => key.startsWith('with_'));
  section.checkKeywords(level, new Set([...withKeys, ...actionCandidates(section, level), 'static']));
  const inherited = inherit(parent, section, { vars: true });
  const { args, more } = readTaskArguments(action, section, {
    isChecked: inherited.moduleDefaults.length === 0 && !inherited.expectsFailure,
  });
  const local = section.has('local_action') ? { delegate_to: 'localhost' } : {};
  const register = readRegister(section);
  return {
    ...inherited,
    keywords: { ...inherited.keywords, ...local },
    kind: 'task',
    name: section.value('name'),
    module: action.module,
    action: action.name,
    args,
    moreArgs: more,
    loop: readLoop(section, withKeys),
    register,
    listen: section.list('listen').map((topic) => (isStr(topic) ? plain(topic) : topic)),
    changedWhen: section.conditions('changed_when'),
    failedWhen: section.conditions('failed_when'),
    retry: readRetry(section),
    async: section.value('async'),
    poll: section.value('poll'),
    parent,
    at: section.at,
    file: section.problems.file,
  };
}
