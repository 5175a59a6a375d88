import { Dict } from '@tenon/jinja/dict';
import { plain } from '@tenon/jinja/text';
import { fromJs, markUnsafe, toJs, type Value } from '@tenon/jinja/values';
import type { Host } from './host.js';
import type { Diff, ModuleResult } from '../modules/module.js';

/** The outcome of one attempt, with what changed_when and failed_when have made of it. */
export interface TaskResult {
  changed: boolean;
  failed: boolean;
  skipped: boolean;
  unreachable: boolean;
  /** One sentence for people; undefined when the module said nothing. */
  message: string | undefined;
  /** What `register` keeps. */
  value: Dict;
  durationMs: number;
  /** The host that did the work, when it was delegated. */
  delegatedTo?: string | undefined;
  diff?: readonly Diff[];
  /** What the module has found: variables, hosts, statistics. */
  found?: ModuleResult;
  /** Whether that has been given to whom it belongs to. */
  kept?: boolean;
  /** Whom the variables are for. Default: the hosts that share the result. */
  factsFor?: readonly Host[];
}

const SKIP_REASON = 'Conditional result was False';

/** Returns that only repeat where the playbook told the module to work. */
const PLACES = new Set(['path', 'dest', 'src', 'backup_file']);

/** A place stays usable as a path, unless tenant data has a part in it or it could be taken for a template. */
function isTrustedPlace(name: string, item: unknown, argumentsTainted: boolean): item is string {
  return PLACES.has(name) && typeof item === 'string' && !argumentsTainted && !item.includes('{');
}

/**
 * What a module said, as `register` keeps it: marked unsafe, because what a machine says may be what a tenant
 * wrote. Only the places that the playbook itself has named are not.
 */
export function resultOf(result: ModuleResult, durationMs: number, argumentsTainted = true): TaskResult {
  const { changed, failed = false, skipped = false, msg, returns = {}, diff } = result;
  const value = new Dict([
    ['changed', changed],
    ...(skipped ? [] : [['failed', failed] as [Value, Value]]),
    ...(skipped ? [['skipped', true] as [Value, Value]] : []),
    ...(msg === undefined ? [] : [['msg', markUnsafe(msg)] as [Value, Value]]),
    ...Object.entries(returns).map(([name, item]): [Value, Value] => [
      name,
      isTrustedPlace(name, item, argumentsTainted) ? item : markUnsafe(fromJs(item)),
    ]),
  ]);
  return {
    changed,
    failed,
    skipped,
    unreachable: false,
    message: msg === undefined || plain(msg) === '' ? undefined : plain(msg),
    value,
    durationMs,
    ...(diff !== undefined && { diff: [diff].flat() }),
    found: result,
  };
}

export function failedResult(message: string, durationMs = 0): TaskResult {
  return resultOf({ changed: false, failed: true, msg: message }, durationMs);
}

export function skippedResult(): TaskResult {
  return resultOf({ changed: false, skipped: true, returns: { skip_reason: SKIP_REASON } }, 0);
}

export function unreachableResult(message: string, durationMs: number): TaskResult {
  const result = resultOf({ changed: false, msg: message, returns: { unreachable: true } }, durationMs);
  return { ...result, unreachable: true };
}

/** The result of a loop from those of its items. */
export function loopResult(results: readonly TaskResult[]): TaskResult {
  const changed = results.some((result) => result.changed);
  const failed = results.some((result) => result.failed);
  const skipped = results.every((result) => result.skipped);
  const unreachable = results.some((result) => result.unreachable);
  const broken = results.find((result) => result.failed || result.unreachable);
  const msg = failed ? 'One or more items failed' : skipped ? 'All items skipped' : 'All items completed';
  const value = new Dict([
    ['changed', changed],
    ...(failed ? [['failed', true] as [Value, Value]] : []),
    ['msg', msg],
    ['results', results.map((result) => result.value)],
    ['skipped', skipped],
  ]);
  const durationMs = results.reduce((sum, result) => sum + result.durationMs, 0);
  return { changed, failed, skipped, unreachable, message: broken?.message, value, durationMs };
}

/** The result of a loop over nothing. */
export function emptyLoopResult(): TaskResult {
  const value = new Dict([
    ['changed', false],
    ['skipped', true],
    ['skipped_reason', 'No items in the list'],
    ['results', []],
  ]);
  return { ...skippedResult(), value };
}

/** What an event shows of a result. */
export function detailOf(result: TaskResult): Record<string, unknown> {
  const shown = Object.entries(toJs(result.value) as Record<string, unknown>);
  return Object.fromEntries(shown.filter(([name]) => name !== 'failed'));
}
