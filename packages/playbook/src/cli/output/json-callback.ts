import type { RunEvent } from '../../events.js';
import type { Callback, RunSummary } from './callback.js';
import { processedHosts } from './recap.js';
import { documentJson } from './result-json.js';
import { wholeResult } from './shown-result.js';
import type { Terminal } from './terminal.js';

interface TaskRecord {
  readonly hosts: Record<string, unknown>;
  readonly task: { name: string; id: string; path?: string; duration: { start: string; end?: string } };
}

interface PlayRecord {
  readonly play: TaskRecord['task'];
  readonly tasks: TaskRecord[];
}

/** The key of the statistics that belong to no host. */
const RUN = '';

const timeOf = (at: number) => new Date(at).toISOString();

/** The json callback: one document at the end, in the shape that integrators of Ansible parse. */
export class JsonCallback implements Callback {
  private readonly plays: PlayRecord[] = [];
  private readonly items = new Map<string, unknown[]>();
  private count = 0;

  constructor(private readonly terminal: Terminal) {}

  onEvent(event: RunEvent): void {
    if (event.kind === 'play') this.plays.push({ play: this.begin(event, event.play), tasks: [] });
    else if (event.kind === 'task' || event.kind === 'handler')
      this.plays.at(-1)?.tasks.push({ hosts: {}, task: this.begin(event, event.task) });
    else if (event.kind === 'included') this.include(event);
    else if ((event.kind === 'result' || event.kind === 'loop') && event.module !== 'meta')
      this.record(event);
  }

  onEnd({ stats, customStats = {} }: RunSummary): void {
    const { [RUN]: all = {}, ...perHost } = customStats;
    const summary = processedHosts(stats).map(([host, { failed, ...counts }]) => [
      host,
      { ...counts, failures: failed },
    ]);
    this.terminal.line(
      documentJson({
        plays: this.plays,
        stats: Object.fromEntries(summary) as unknown,
        custom_stats: perHost,
        global_custom_stats: all,
      }),
    );
  }

  private begin({ at, path }: RunEvent, name = ''): TaskRecord['task'] {
    const id = `tenon-${String(++this.count).padStart(8, '0')}`;
    return { name, id, ...(path !== undefined && { path }), duration: { start: timeOf(at) } };
  }

  /** An include is a task that has done nothing but that. */
  private include({ hosts = [], item, module = '', path }: RunEvent): void {
    const record = this.plays.at(-1)?.tasks.at(-1)?.hosts;
    if (record === undefined) return;
    const found = { changed: false, ...(path !== undefined && { include: path }) };
    for (const host of hosts) {
      const earlier = (record[host] as { results?: readonly unknown[] } | undefined)?.results ?? [];
      record[host] =
        item === undefined
          ? { ...found, action: module }
          : {
              changed: false,
              results: [...earlier, { ...found, failed: false, _ansible_item_label: item }],
              action: module,
            };
    }
  }

  private record(event: RunEvent): void {
    const { host = '', item, kind, at } = event;
    if (kind === 'result' && item !== undefined) {
      const found = { ...wholeResult(event), failed: isFailed(event), _ansible_item_label: item };
      this.items.set(host, [...(this.items.get(host) ?? []), found]);
      return;
    }
    const play = this.plays.at(-1);
    const task = play?.tasks.at(-1);
    const results = this.items.get(host);
    this.items.delete(host);
    if (play === undefined || task === undefined) return;
    task.hosts[host] = hostRecord(event, results);
    task.task.duration.end = timeOf(at);
    play.play.duration.end = timeOf(at);
  }
}

const isFailed = ({ status }: RunEvent) => status === 'failed' || status === 'ignored';

function hostRecord(event: RunEvent, results: readonly unknown[] | undefined): object {
  const { status, diff, module = '' } = event;
  const whole = wholeResult(event);
  return {
    ...(results !== undefined && !('censored' in whole) && { results }),
    ...whole,
    ...(isFailed(event) && { failed: true }),
    ...(status === 'skipped' && { skipped: true }),
    ...(status === 'unreachable' && { unreachable: true }),
    ...(diff !== undefined && { diff: diff.map(diffRecord) }),
    action: module,
  };
}

function diffRecord({ before, after, beforeHeader, afterHeader }: NonNullable<RunEvent['diff']>[number]) {
  return {
    before,
    after,
    ...(beforeHeader !== undefined && { before_header: beforeHeader }),
    ...(afterHeader !== undefined && { after_header: afterHeader }),
  };
}
