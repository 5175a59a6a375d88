import type { Complaint, Rule } from '../rule.js';

const EXPRESSION = /\{\{(?!\{)([^{}]*)\}\}/g;
/** A minus or plus beside the braces cuts the blanks around them. */
const AIRY = /^[-+]?\s[\s\S]*\s[-+]?$/;

export const jinja: Rule = {
  name: 'jinja',
  summary: 'Expressions have blanks inside of {{ }}.',
  file({ lines, kind }): Complaint[] {
    if (kind === 'other') return [];
    return lines.flatMap((line, index) => {
      const found = [...line.replace(/^\s*#.*/, '').matchAll(EXPRESSION)];
      return found.flatMap(([whole, inner = ''], position) =>
        AIRY.test(inner)
          ? []
          : [
              {
                at: { line: index + 1, column: (found[position]?.index ?? 0) + 1 },
                tag: 'spacing',
                message: `${whole} is hard to read; write blanks inside of the braces`,
              },
            ],
      );
    });
  },
};
