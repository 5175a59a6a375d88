import { conditionRules } from './conditions.ts';
import { dictionaryRules } from './dictionaries.ts';
import { listRules } from './lists.ts';
import { numberRules } from './numbers.ts';
import { patternRules } from './patterns.ts';
import type { Rules } from './rules.ts';
import { statementRules } from './statements.ts';
import { textArgumentRules } from './text-arguments.ts';
import { textRules } from './texts.ts';

/** How every sort of value and statement is made. */
export const grammar: Rules = {
  ...numberRules,
  ...textRules,
  ...textArgumentRules,
  ...patternRules,
  ...listRules,
  ...dictionaryRules,
  ...conditionRules,
  ...statementRules,
};

/** Sorts whose pieces are statements or text, not expressions. */
export const BODIES: ReadonlySet<string> = new Set(['body', 'loop', 'template']);
