import { describe, expect, it } from 'vitest';

import type { ConfigureResult, PlaybookEvent } from './configurator-port.js';
import type { RunLog } from './run-log-port.js';
import { recordRun } from './run-recorder.js';
import { memoryRunLog } from './testing/memory-configurator.js';
import { createWorld, KEYS } from './testing/world.js';

const succeeded: ConfigureResult = { outcome: 'succeeded', stats: { one: { ok: 2 } }, failures: [] };

async function record(
  work: (onEvent: (event: PlaybookEvent) => void) => Promise<ConfigureResult>,
  secrets: string[] = [],
) {
  const log = memoryRunLog();
  const tenant = await createWorld().store.load(KEYS.tenant);
  if (tenant?.type !== 'tenant') throw new Error('the world has no tenant');
  const result = await recordRun({ tenant, trigger: 'saved', secrets }, log, work).catch(
    (error: unknown) => error,
  );
  return { run: log.runs[0] ?? expect.fail(), result };
}

describe('a run', () => {
  it('is kept with its object, trigger, events in order, and result', async () => {
    const { run } = await record((onEvent) => {
      onEvent({ kind: 'task', at: 1, task: 'first' });
      onEvent({ kind: 'result', at: 2, task: 'first', status: 'ok' });
      return Promise.resolve(succeeded);
    });

    expect(run).toMatchObject({
      objectKey: 'tenant-7',
      trigger: 'saved',
      objectGeneration: 1,
      serviceId: 1,
      tenantId: 7,
    });
    expect(run.events.map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'task'],
      [2, 'result'],
    ]);
    expect(run.end).toEqual({ outcome: 'SUCCEEDED', summary: 'succeeded', stats: { one: { ok: 2 } } });
  });

  it('keeps what happens while what came before is being written', async () => {
    const memory = memoryRunLog();
    const started = Promise.withResolvers();
    const written = Promise.withResolvers();
    const slow: RunLog = {
      ...memory,
      append: async (id, events) => {
        const now = [...events];
        started.resolve(null);
        await written.promise;
        return memory.append(id, now);
      },
    };
    const tenant = await createWorld().store.load(KEYS.tenant);
    if (tenant?.type !== 'tenant') throw new Error('the world has no tenant');

    await recordRun({ tenant, trigger: 'saved', secrets: [] }, slow, async (onEvent) => {
      onEvent({ kind: 'task', at: 1, task: 'first' });
      await started.promise;
      onEvent({ kind: 'recap', at: 2 });
      written.resolve(null);
      return succeeded;
    });

    expect(memory.runs[0]?.events.map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'task'],
      [2, 'recap'],
    ]);
  });

  it('that failed says which task and why', async () => {
    const failures = [{ host: 'one', task: 'install apache2', message: 'no network' }];
    const { run } = await record(() => Promise.resolve({ outcome: 'failed', stats: {}, failures }));

    expect(run.end).toMatchObject({ outcome: 'FAILED', summary: 'install apache2: no network' });
  });

  it('whose engine throws is closed as failed, and the error goes on without its secrets', async () => {
    const { run, result } = await record(
      () => Promise.reject(new Error('cannot use s3cret-value')),
      ['s3cret-value'],
    );

    expect(run.end).toMatchObject({ outcome: 'FAILED', summary: 'cannot use ********' });
    expect(result).toMatchObject({ message: 'cannot use ********' });
  });

  it('stores no secret, neither in events nor in its summary', async () => {
    const { run } = await record(
      (onEvent) => {
        onEvent({ kind: 'result', at: 1, message: 's3cret-value', detail: { stdout: 'x s3cret-value y' } });
        const failures = [{ host: 'one', message: 's3cret-value is wrong' }];
        return Promise.resolve({ outcome: 'failed', stats: {}, failures });
      },
      ['s3cret-value'],
    );

    expect(JSON.stringify(run)).not.toContain('s3cret-value');
  });
});

describe('the limits of a run', () => {
  it('cut a long text in the middle and say so', async () => {
    const { run } = await record((onEvent) => {
      onEvent({ kind: 'result', at: 1, detail: { stdout: `begin${'x'.repeat(200_000)}end` } });
      return Promise.resolve(succeeded);
    });

    const stdout = String(run.events[0]?.detail?.['stdout']);
    expect(stdout.length).toBeLessThan(66_000);
    expect(stdout).toMatch(/^begin.*characters are not kept.*end$/s);
  });

  it('store one warning instead of the events beyond, and the recap', async () => {
    const { run } = await record((onEvent) => {
      for (let index = 0; index < 2500; index += 1) onEvent({ kind: 'result', at: index, status: 'ok' });
      onEvent({ kind: 'recap', at: 9999 });
      return Promise.resolve(succeeded);
    });

    expect(run.events).toHaveLength(2002);
    expect(run.events.slice(-2).map(({ kind }) => kind)).toEqual(['warning', 'recap']);
  });

  it('count the size of all events together', async () => {
    const { run } = await record((onEvent) => {
      for (let index = 0; index < 100; index += 1) {
        onEvent({ kind: 'result', at: index, detail: { stdout: 'x'.repeat(60_000) } });
      }
      return Promise.resolve(succeeded);
    });

    expect(JSON.stringify(run.events).length).toBeLessThan(1_200_000);
  });
});
