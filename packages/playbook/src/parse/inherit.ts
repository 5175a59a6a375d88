import { isStr, plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import type { Section } from './section.js';
import { REPLACED, type Inherited } from './tree.js';

/** What a play has taken over from nobody. */
export const NOTHING_INHERITED: Inherited = {
  keywords: {},
  when: [],
  vars: new Map(),
  environment: [],
  notify: [],
  expectsFailure: false,
  tags: [],
  moduleDefaults: [],
  role: undefined,
  roleChain: [],
  includeParams: new Map(),
  parentRoles: [],
};

/** `a, b` or a list; a template stays whole. */
function tagsOf(section: Section): Value[] {
  return section.list('tags').flatMap((tag): Value[] => {
    if (!isStr(tag) || plain(tag).includes('{{')) return [tag];
    return plain(tag)
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
  });
}

/** The parent's keywords with those written here: lists are joined, the rest is replaced. */
export function inherit(parent: Inherited, section: Section, { vars }: { vars: boolean }): Inherited {
  const joined = (key: string, inherited: readonly Value[]): readonly Value[] => {
    const written = section.list(key);
    return written.length === 0 ? inherited : [...inherited, ...written];
  };
  const written = REPLACED.flatMap((key) => {
    const value = section.value(key);
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  const conditions = section.conditions('when');
  const own = vars ? section.dictionary('vars') : undefined;
  const tags = tagsOf(section);
  return {
    ...parent,
    keywords: written.length === 0 ? parent.keywords : { ...parent.keywords, ...Object.fromEntries(written) },
    when: conditions.length === 0 ? parent.when : [...parent.when, ...conditions],
    vars: own === undefined || own.size === 0 ? parent.vars : new Map([...parent.vars, ...own]),
    environment: joined('environment', parent.environment),
    notify: joined('notify', parent.notify),
    expectsFailure: parent.expectsFailure || section.has('ignore_errors') || section.has('failed_when'),
    tags: tags.length === 0 ? parent.tags : [...parent.tags, ...tags],
    moduleDefaults: joined('module_defaults', parent.moduleDefaults),
  };
}
