import type { RunEvent, TaskStatus } from '../events.js';
import type { Task } from '../parse/tree.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';
import { detailOf, type TaskResult } from './result.js';
import type { Templates } from './run.js';

const CENSORED = {
  censored: "the output has been hidden due to the fact that 'no_log: true' was specified for this result",
};
const CENSORED_ITEM = '(censored due to no_log)';
const HIDDEN_MESSAGE = 'the task failed; its output is hidden by no_log';

/** How the results of one task on one host are told. */
export class Report {
  /** Nothing of its output may be seen. */
  readonly secret: boolean;
  readonly ignoresErrors: boolean;
  private readonly name: string;

  constructor(
    private readonly play: PlayRun,
    private readonly task: Task,
    private readonly host: Host,
    templates: Templates = play.templates(host, task),
  ) {
    this.secret = templates.flag(task.keywords.no_log) ?? false;
    this.ignoresErrors = templates.flag(task.keywords.ignore_errors) ?? false;
    this.name = play.taskName(task, host);
  }

  statusOf(result: TaskResult): TaskStatus {
    if (result.unreachable) return 'unreachable';
    if (result.failed) return this.ignoresErrors ? 'ignored' : 'failed';
    if (result.skipped) return 'skipped';
    return result.changed ? 'changed' : 'ok';
  }

  /** What may be said of a failure. */
  messageOf(result: TaskResult): string | undefined {
    const isBad = result.failed || result.unreachable;
    if (this.secret && result.message !== undefined) return isBad ? HIDDEN_MESSAGE : 'hidden by no_log';
    return result.message;
  }

  result(result: TaskResult): void {
    this.tell('result', result);
  }

  item(result: TaskResult, label: string): void {
    this.tell('result', result, { item: this.secret ? CENSORED_ITEM : label });
  }

  /** The whole of a loop, after its items. */
  loop(result: TaskResult): void {
    this.tell('loop', result);
  }

  retry(result: TaskResult, triesLeft: number): void {
    this.tell('retry', result, { triesLeft });
  }

  private tell(kind: RunEvent['kind'], result: TaskResult, more: Partial<RunEvent> = {}): void {
    const message = this.messageOf(result);
    this.play.run.emit({
      kind,
      host: this.host.name,
      task: this.name,
      module: this.task.module.name,
      status: this.statusOf(result),
      durationMs: result.durationMs,
      ...(message !== undefined && { message }),
      detail: this.secret ? { ...CENSORED, changed: result.changed } : detailOf(result),
      path: pathOf(this.task),
      ...(result.delegatedTo !== undefined && { delegatedTo: result.delegatedTo }),
      ...(result.diff !== undefined && !this.secret && { diff: result.diff }),
      ...more,
    });
  }
}

/** `file:line` of a task or play. */
export function pathOf({ file, at }: Pick<Task, 'file' | 'at'>): string {
  return `${file}:${at.line}`;
}
