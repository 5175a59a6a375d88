import type { RunEvent } from '../../events.js';

/** A result as it is printed. */
export type ShownResult = Readonly<Record<string, unknown>>;

/** What Ansible takes from a result that is printed: the line says it already, or it is only for the engine. */
const NEVER_SHOWN = new Set(['failed', 'skipped', 'warnings', 'deprecations', 'diff', 'exception']);
const HIDDEN_BY_DEBUG = new Set(['changed', 'failed', 'skipped', 'invocation', 'skip_reason']);
const KEPT_BY_DEBUG = new Set(['msg', 'exception', 'warnings', 'deprecations']);

/** The dictionary that Ansible would show for an event. */
export function wholeResult(event: RunEvent): ShownResult {
  const { detail = {}, message, status } = event;
  const changed = status === 'changed' || detail.changed === true;
  const msg = detail.msg ?? message;
  // A censored result has nothing but what says so.
  if ('censored' in detail) return { changed, ...detail };
  return { changed, ...detail, ...(msg !== undefined && { msg }) };
}

function only(result: ShownResult, isShown: (name: string) => boolean): ShownResult {
  return Object.fromEntries(Object.entries(result).filter(([name]) => isShown(name)));
}

/** The result without one of its keys. */
export function without(result: ShownResult, hidden: string): ShownResult {
  return only(result, (name) => name !== hidden);
}

/** A result without what is not for people. `debug` shows its message or variable alone. */
export function shownResult(event: RunEvent): ShownResult {
  const result = wholeResult(event);
  if (event.module !== 'debug') return only(result, (name) => !NEVER_SHOWN.has(name));
  return 'msg' in result
    ? only(result, (name) => KEPT_BY_DEBUG.has(name))
    : only(result, (name) => !HIDDEN_BY_DEBUG.has(name));
}

/** Modules whose result is always shown in full, and on many lines. */
export function isTalkative({ module, status }: RunEvent): boolean {
  return (module === 'debug' || module === 'assert') && (status === 'ok' || status === 'changed');
}

/** Facts would fill the screen; `-v` does not show them. */
export function isQuiet({ module }: RunEvent): boolean {
  return module === 'setup' || module === 'gather_facts';
}

/** The texts of a list in a result, such as its warnings. */
export function textsIn(event: RunEvent, name: 'warnings' | 'deprecations'): string[] {
  const found = event.detail?.[name];
  if (!Array.isArray(found)) return [];
  return found.map((each: unknown) =>
    typeof each === 'object' && each !== null && 'msg' in each ? String(each.msg) : String(each),
  );
}
