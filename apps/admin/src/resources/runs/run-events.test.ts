import { describe, expect, it } from 'vitest';

import { merge, toBlocks, worstStatus, type RunEvent } from './run-events.js';

const event = (sequence: number, kind: string, rest: Partial<RunEvent> = {}): RunEvent => ({
  sequence,
  kind,
  at: '2026-01-01T00:00:00Z',
  host: null,
  task: null,
  module: null,
  status: null,
  detail: null,
  ...rest,
});

describe('the output of a run', () => {
  it('is in order and without repetitions, however the events arrive', () => {
    const known = [event(1, 'play'), event(3, 'result')];

    expect(merge(known, [event(3, 'result'), event(2, 'task')]).map(({ sequence }) => sequence)).toEqual([
      1, 2, 3,
    ]);
  });

  it('puts results under their task and keeps plays and recaps beside them', () => {
    const blocks = toBlocks([
      event(1, 'play', { detail: { play: 'exampletenant' } }),
      event(2, 'task', { task: 'install apache', module: 'apt' }),
      event(3, 'result', {
        task: 'install apache',
        host: 'a',
        status: 'changed',
        detail: { durationMs: 900 },
      }),
      event(4, 'result', {
        task: 'install apache',
        host: 'b',
        status: 'failed',
        detail: { message: 'no network' },
      }),
      event(5, 'recap', { host: 'a', detail: { ok: 1 } }),
    ]);

    expect(blocks.map(({ kind, title }) => [kind, title])).toEqual([
      ['play', 'exampletenant'],
      ['task', 'install apache'],
      ['recap', ''],
    ]);
    expect(
      blocks[1]?.results.map(({ host, status, message, durationMs }) => [host, status, message, durationMs]),
    ).toEqual([
      ['a', 'changed', null, 900],
      ['b', 'failed', 'no network', null],
    ]);
    expect(blocks[1] && worstStatus(blocks[1])).toBe('failed');
  });

  it('shows a result whose task was not announced', () => {
    const [block] = toBlocks([event(1, 'result', { task: 'Gathering Facts', host: 'a', status: 'ok' })]);

    expect(block).toMatchObject({ kind: 'task', title: 'Gathering Facts' });
    expect(block?.results).toHaveLength(1);
  });
});
