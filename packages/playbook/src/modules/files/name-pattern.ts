import { escapeRegExp } from '@tenon/jinja/escape-regexp';
import { plain, spansOf, type Str } from '@tenon/jinja/text';
import { compilePattern } from './pattern-text.js';

/** One piece of a shell pattern of the playbook, as a regular expression. */
function piece(text: string): string {
  return text.replace(/\*|\?|\[(!?)([^\]]+)\]|[\s\S]/g, (whole, negated?: string, set?: string) => {
    if (whole === '*') return '[^]*';
    if (whole === '?') return '[^]';
    if (set === undefined) return escapeRegExp(whole);
    return `[${negated === '!' ? '^' : ''}${set.replace(/[\\[\]^]/g, '\\$&')}]`;
  });
}

/** Whether a name matches a shell pattern (Python's fnmatch), in which tainted data means itself. */
export function matchesShellPattern(pattern: Str): (name: string) => boolean {
  const source = spansOf(pattern)
    .map((span) => (span.tainted ? escapeRegExp(span.text) : piece(span.text)))
    .join('');
  const regex = new RegExp(`^${source}$`);
  return (name) => regex.test(name);
}

/** Whether a name begins with what a pattern of Python's `re` finds (`re.match`). */
export function matchesAtStart(pattern: Str): (text: string) => boolean {
  const regex = compilePattern(pattern, plain(pattern));
  return (text) => {
    regex.lastIndex = 0;
    // The first match at the beginning is the first of all, if there is one.
    return regex.exec(text)?.index === 0;
  };
}
