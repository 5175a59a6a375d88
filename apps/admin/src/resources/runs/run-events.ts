/** One thing that happened in a run, as the API gives it. */
export interface RunEvent {
  sequence: number;
  at: string;
  kind: string;
  host: string | null;
  task: string | null;
  module: string | null;
  status: string | null;
  detail: Record<string, unknown> | null;
}

const FIELDS = 'sequence at kind host task module status detail';

export const EVENTS = `query RunEvents($id: Int!, $after: Int!, $limit: Int!) {
  run(id: $id) { events(after: $after, limit: $limit) { ${FIELDS} } }
}`;

export const FOLLOW = `subscription FollowRun($id: Int!, $after: Int!) {
  runEvents(runId: $id, after: $after) { ${FIELDS} }
}`;

/** A result of a task on one host. */
export interface TaskResult {
  sequence: number;
  host: string;
  status: string;
  item: string | null;
  message: string | null;
  /** How long it took, in ms. */
  durationMs: number | null;
  detail: Record<string, unknown>;
}

/** A task and what came out of it; or a play, a warning or the recap, which have no results. */
export interface TaskBlock {
  sequence: number;
  kind: string;
  title: string;
  host: string;
  at: string;
  module: string | null;
  results: TaskResult[];
  detail: Record<string, unknown>;
}

/** Puts the events of a run in order and without repetitions: after a reconnection some come twice. */
export function merge(known: readonly RunEvent[], more: readonly RunEvent[]): RunEvent[] {
  const bySequence = new Map([...known, ...more].map((event) => [event.sequence, event]));
  return [...bySequence.values()].sort((left, right) => left.sequence - right.sequence);
}

/** The events as people read a run: plays, tasks, and under each task its results. */
export function toBlocks(events: readonly RunEvent[]): TaskBlock[] {
  const blocks: TaskBlock[] = [];
  for (const event of events) {
    if (event.kind !== 'result') {
      blocks.push(toBlock(event));
      continue;
    }
    const task = lastTask(blocks, event.task) ?? addTask(blocks, event);
    task.module ??= event.module;
    task.results.push(toResult(event));
  }
  return blocks;
}

function lastTask(blocks: readonly TaskBlock[], title: string | null): TaskBlock | undefined {
  return blocks.findLast((block) => isTask(block) && (title === null || block.title === title));
}

/** Whether results can stand under it. */
export function isTask(block: TaskBlock): boolean {
  return block.kind === 'task' || block.kind === 'handler';
}

function addTask(blocks: TaskBlock[], event: RunEvent): TaskBlock {
  const block = { ...toBlock(event), kind: 'task' };
  blocks.push(block);
  return block;
}

function toBlock(event: RunEvent): TaskBlock {
  const detail = event.detail ?? {};
  const title = event.task ?? text(detail['play']) ?? text(detail['name']) ?? text(detail['message']) ?? '';
  return {
    sequence: event.sequence,
    kind: event.kind,
    title,
    host: event.host ?? '',
    at: event.at,
    module: event.module,
    results: [],
    detail,
  };
}

function toResult(event: RunEvent): TaskResult {
  const detail = event.detail ?? {};
  return {
    sequence: event.sequence,
    host: event.host ?? '',
    status: event.status ?? 'ok',
    item: text(detail['item']) ?? null,
    message: text(detail['message']) ?? text(detail['msg']) ?? null,
    durationMs: typeof detail['durationMs'] === 'number' ? detail['durationMs'] : null,
    detail,
  };
}

function text(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The worst status of a task's results, which is how the task itself looks. */
export function worstStatus(block: TaskBlock): string {
  const order = ['unreachable', 'failed', 'ignored', 'changed', 'ok', 'skipped'];
  return order.find((status) => block.results.some((result) => result.status === status)) ?? 'running';
}
