import { OperandError, UndefinedError } from './errors.js';
import { truth } from './python/compare.js';
import { hasTaint, isStr, plain } from './text.js';
import type { Value } from './values.js';

/** What a condition needs of its environment: templating once, and evaluating a bare expression. */
interface Evaluation {
  template(source: string): Value;
  evaluate(expression: string): Value;
}

const DEFINED = /(hostvars\[.+\]|\w+)\s+(not\s+is|is|is\s+not)\s+(defined|undefined)/g;

/**
 * A condition that tests whether a name is defined, and fails because it is not, is answered by that test:
 * `x.rc == 0 and x is defined` is false, not an error (Ansible 2.14).
 */
function answerFromDefinedTest(expression: string, error: UndefinedError): boolean | undefined {
  const name = /'(hostvars\[.+\]|\w+)' is undefined/.exec(error.problem)?.[1]?.replaceAll("'", '"');
  const test = [...expression.matchAll(DEFINED)].find(([, tested]) => tested?.replaceAll("'", '"') === name);
  if (name === undefined || test === undefined) return undefined;
  const [, , logic = '', state] = test;
  const shouldExist = logic.includes('not') !== (state === 'defined');
  return !shouldExist;
}

function holds(expression: string, evaluation: Evaluation): boolean {
  try {
    return truth(evaluation.evaluate(expression));
  } catch (error) {
    const answer = error instanceof UndefinedError ? answerFromDefinedTest(expression, error) : undefined;
    if (answer === undefined) throw error;
    return answer;
  }
}

/**
 * Whether a condition holds: a boolean is its own answer, no condition holds, a text is an expression.
 * Delimiters inside are templated first; what comes out of that must not be tainted, for it would be
 * evaluated. Throws TemplateError.
 */
export function conditionHolds(condition: Value, evaluation: Evaluation): boolean {
  if (condition === null || condition === '') return true;
  const templated =
    isStr(condition) && !hasTaint(condition) ? evaluation.template(plain(condition)) : condition;
  if (!isStr(templated)) return truth(templated);
  if (!hasTaint(templated)) return plain(templated) !== '' && holds(plain(templated), evaluation);
  throw new OperandError(
    'the condition contains untrusted text, which is never evaluated',
    "name the variable without braces, for example `result.stdout == 'yes'`",
  );
}
