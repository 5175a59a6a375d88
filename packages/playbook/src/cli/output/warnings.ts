import type { Terminal } from './terminal.js';
import { wrap } from './wrap.js';

const DISABLE_HINT =
  'Deprecation warnings can be disabled by setting deprecation_warnings=False in ansible.cfg.';

/** Warnings on stderr, each text once. */
export interface Warnings {
  warn(text: string): void;
  deprecate(text: string): void;
}

/** @param shown whether deprecations are printed (`deprecation_warnings`). */
export function openWarnings(terminal: Terminal, shown: { deprecations: boolean }): Warnings {
  const seen = new Set<string>();
  const once = (text: string, print: () => void) => {
    if (seen.has(text)) return;
    seen.add(text);
    print();
  };
  return {
    warn: (text) =>
      once(text, () => terminal.error(wrap(`[WARNING]: ${text}`, terminal.columns).join('\n'), 'warn')),
    deprecate(text) {
      if (!shown.deprecations) return;
      const sentence = /[!?.]$/.test(text) ? text : `${text}.`;
      const whole = `[DEPRECATION WARNING]: ${sentence} ${DISABLE_HINT}`;
      once(whole, () => terminal.error(wrap(whole, terminal.columns).join('\n'), 'deprecate'));
    },
  };
}
