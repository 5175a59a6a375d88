import type { RunEvent, TaskStatus } from '../../events.js';
import type { Diff } from '../../modules/module.js';
import { banner } from './banner.js';
import type { Callback, OutputSettings, RunSummary } from './callback.js';
import { diffText } from './diff-text.js';
import type { Ink } from './paint.js';
import { recap } from './recap.js';
import { isQuiet, isTalkative, shownResult, textsIn, without, type ShownResult } from './shown-result.js';

const HEADS: Readonly<Record<TaskStatus, readonly [word: string, ink: Ink]>> = {
  ok: ['ok', 'ok'],
  changed: ['changed', 'changed'],
  skipped: ['skipping', 'skip'],
  failed: ['fatal', 'error'],
  ignored: ['fatal', 'error'],
  unreachable: ['fatal', 'unreachable'],
};

/** Writes results; the only thing that the yaml callback does in another way. */
export type ResultWriter = (result: ShownResult, pretty: boolean) => string;

/** `host`, or `host -> delegate`. */
function hostLabel({ host = '', delegatedTo }: RunEvent): string {
  return delegatedTo === undefined || delegatedTo === host ? host : `${host} -> ${delegatedTo}`;
}

/** A task as its results name it too. */
function keyOf({ task = '', path = '' }: RunEvent): string {
  return `${path} ${task}`;
}

/** What no_log hides; its item is hidden too. */
function isCensored({ detail = {} }: RunEvent): boolean {
  return 'censored' in detail;
}

/** Ansible's default output (2.14): banners, a line a result, the recap. */
export class DefaultCallback implements Callback {
  /** A banner that waits for the first result that is shown. */
  private pending: RunEvent | undefined;
  private isFree = false;
  /** Tasks of hosts that do not wait for each other. */
  private readonly announced = new Map<string, RunEvent>();
  /** The one whose results were shown last. */
  private shown: string | undefined;
  /** Diffs of a loop's items by host; they are shown behind the items. */
  private readonly itemDiffs = new Map<string, Diff[]>();

  constructor(
    private readonly settings: OutputSettings,
    private readonly write: ResultWriter,
  ) {}

  onEvent(event: RunEvent): void {
    switch (event.kind) {
      case 'play':
        this.play(event);
        break;
      case 'task':
      case 'handler':
        this.task(event);
        break;
      case 'result':
      case 'loop':
        this.result(event);
        break;
      case 'retry':
        this.retry(event);
        break;
      case 'included':
        this.included(event);
        break;
      case 'warning':
        this.warning(event);
        break;
      case 'deprecation':
        this.settings.warnings.deprecate(event.message ?? '');
        break;
      case 'recap':
        break;
    }
  }

  onEnd({ stats, customStats = {} }: RunSummary): void {
    const { terminal, checkMode, checkModeMarkers } = this.settings;
    recap(terminal, stats);
    if (Object.keys(customStats).length > 0) {
      banner(terminal, 'CUSTOM STATS: ');
      const { '': all, ...hosts } = customStats;
      for (const [host, found] of Object.entries(hosts).sort())
        terminal.line(`\t${host}: ${this.write({ ...(found as ShownResult) }, false)}`);
      if (all !== undefined) terminal.line(`\n\tRUN: ${this.write({ ...(all as ShownResult) }, false)}`);
      terminal.line('');
    }
    if (checkMode && checkModeMarkers) banner(terminal, 'DRY RUN');
  }

  private get marker(): string {
    return this.settings.checkMode && this.settings.checkModeMarkers ? ' [CHECK MODE]' : '';
  }

  private play({ play = '', strategy = 'linear' }: RunEvent): void {
    this.isFree = strategy !== 'linear';
    this.announced.clear();
    this.shown = undefined;
    const name = play.trim();
    banner(this.settings.terminal, name === '' ? `PLAY${this.marker}` : `PLAY [${name}]${this.marker}`);
  }

  private warning({ play, message = '' }: RunEvent): void {
    // What concerns a play as a whole is that it has no hosts.
    if (play === undefined) this.settings.warnings.warn(message);
    else this.settings.terminal.line('skipping: no hosts matched', 'skip');
  }

  private task(event: RunEvent): void {
    if (this.isFree) {
      this.announced.set(keyOf(event), event);
      return;
    }
    this.pending = event;
    if (this.settings.displaySkippedHosts && this.settings.displayOkHosts) this.showBanner();
  }

  /** Hosts that do not wait for each other: a result of another task than the last one gets its banner again. */
  private recall(event: RunEvent): void {
    const key = keyOf(event);
    if (key === this.shown) return;
    this.pending = this.announced.get(key);
    this.shown = key;
  }

  private showBanner(): void {
    if (this.pending === undefined) return;
    const { kind, task = '', path } = this.pending;
    this.pending = undefined;
    const prefix = kind === 'handler' ? 'RUNNING HANDLER' : 'TASK';
    banner(this.settings.terminal, `${prefix} [${task.trim()}]${this.marker}`);
    if (this.settings.verbosity >= 2 && path !== undefined)
      this.settings.terminal.line(`task path: ${path}`, 'debug');
  }

  private isHidden({ status }: RunEvent): boolean {
    return (
      (status === 'skipped' && !this.settings.displaySkippedHosts) ||
      (status === 'ok' && !this.settings.displayOkHosts)
    );
  }

  private result(event: RunEvent): void {
    const { status = 'ok', kind, item } = event;
    const isWhole = kind === 'loop';
    if (this.isHidden(event) || event.module === 'meta') return;
    if (this.isFree) this.recall(event);
    this.showBanner();
    this.warningsOf(event);
    this.diff(event);
    const isBroken = status === 'failed' || status === 'ignored';
    // The items have told it all; a censored loop has told nothing.
    if (!isWhole || status === 'skipped' || status === 'unreachable' || isCensored(event)) {
      if (isBroken && item !== undefined) this.failedItem(event, item);
      else this.line(event);
    }
    if (status === 'ignored' && item === undefined) this.settings.terminal.line('...ignoring', 'skip');
  }

  private line(event: RunEvent): void {
    const { status = 'ok', item } = event;
    const [word, ink] = HEADS[status];
    const label = status === 'skipped' ? (event.host ?? '') : hostLabel(event);
    const shown = isCensored(event) ? 'None' : item;
    const each = item === undefined ? '' : ` => (item=${shown ?? ''})${status === 'skipped' ? ' ' : ''}`;
    if (word === 'fatal') {
      const what = status === 'unreachable' ? 'UNREACHABLE!' : 'FAILED!';
      this.print(`${word}: [${label}]: ${what} => ${this.text(event)}`, ink, true);
      return;
    }
    const isVerbose = isTalkative(event) || (this.settings.verbosity > 0 && !isQuiet(event));
    this.print(`${word}: [${label}]${each}${isVerbose ? ` => ${this.text(event)}` : ''}`, ink);
  }

  private failedItem(event: RunEvent, item: string): void {
    this.print(
      `failed: [${hostLabel(event)}] (item=${isCensored(event) ? 'None' : item}) => ${this.text(event)}`,
      'error',
      true,
    );
  }

  private print(text: string, ink: Ink, isFailure = false): void {
    const { terminal, displayFailedStderr } = this.settings;
    if (isFailure && displayFailedStderr) terminal.error(text, ink);
    else terminal.line(text, ink);
  }

  private text(event: RunEvent): string {
    const shown = shownResult(event);
    // The items were shown one by one.
    const result = event.kind === 'loop' ? without(shown, 'results') : shown;
    return this.write(result, isTalkative(event) || this.settings.verbosity > 2);
  }

  private retry(event: RunEvent): void {
    const left = `FAILED - RETRYING: [${hostLabel(event)}]: ${event.task ?? ''} (${event.triesLeft ?? 0} retries left).`;
    const result = this.settings.verbosity > 2 ? `Result was: ${this.text(event)}` : '';
    this.settings.terminal.line(left + result, 'debug');
  }

  private included({ path, hosts = [], item }: RunEvent): void {
    // A role that is included is told by its tasks.
    if (path === undefined) return;
    const each = item === undefined ? '' : ` => (item=${item})`;
    this.settings.terminal.line(`included: ${path} for ${hosts.join(', ')}${each}`, 'skip');
  }

  private diff({ host = '', kind, item, status, diff = [] }: RunEvent): void {
    const shown = status === 'changed' ? diff : [];
    if (kind === 'result' && item !== undefined) {
      this.itemDiffs.set(host, [...(this.itemDiffs.get(host) ?? []), ...shown]);
      return;
    }
    const text = diffText([...(this.itemDiffs.get(host) ?? []), ...shown], this.settings.terminal.colour);
    this.itemDiffs.delete(host);
    if (text !== '') this.settings.terminal.painted(text);
  }

  private warningsOf(event: RunEvent): void {
    for (const text of textsIn(event, 'warnings')) this.settings.warnings.warn(text);
    for (const text of textsIn(event, 'deprecations')) this.settings.warnings.deprecate(text);
  }
}
