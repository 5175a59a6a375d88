import { collectionRules } from './collections.ts';
import { conditionRules } from './conditions.ts';
import { numberRules } from './numbers.ts';
import type { Rules } from './rules.ts';
import { statementRules } from './statements.ts';
import { textRules } from './texts.ts';

/** How every sort of value and statement is made. */
export const grammar: Rules = {
  ...numberRules,
  ...textRules,
  ...collectionRules,
  ...conditionRules,
  ...statementRules,
};

/** Sorts whose pieces are statements or text, not expressions. */
export const BODIES: ReadonlySet<string> = new Set(['body', 'loop', 'template']);
