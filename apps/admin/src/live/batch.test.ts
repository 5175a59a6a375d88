import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createBatch } from './batch.js';

describe('a batch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('hands on once what came within its time, without repetitions', () => {
    const flushed: string[][] = [];
    const batch = createBatch<string>(50, (items) => flushed.push([...items]));

    batch.add(['core/slice', 'overview']);
    batch.add(['core/slice', 'core/run']);
    vi.advanceTimersByTime(50);
    batch.add(['core/site']);
    vi.advanceTimersByTime(50);

    expect(flushed).toEqual([['core/slice', 'overview', 'core/run'], ['core/site']]);
  });

  it('hands on nothing after it was cancelled', () => {
    const flush = vi.fn();
    const batch = createBatch<string>(50, flush);

    batch.add(['core/slice']);
    batch.cancel();
    vi.advanceTimersByTime(100);

    expect(flush).not.toHaveBeenCalled();
  });
});
