import type { ComputeDriver } from '@tenon/compute/driver';
import { describe, expect, it } from 'vitest';

import { lateDriver } from './engine.js';

const missing = { missing: 'No container engine was found; install one.' };

/** Only what these tests call. */
const found = {
  readiness: () => Promise.resolve({ ready: true }),
  list: () => Promise.resolve([]),
} as Partial<ComputeDriver> as ComputeDriver;

describe('an engine that may come later', () => {
  it('is not ready, and every verb says why, until it is found', async () => {
    const driver = lateDriver(
      () => Promise.resolve(missing),
      () => 0,
    );

    expect(await driver.readiness()).toEqual({ ready: false, reason: missing.missing });
    await expect(driver.list()).rejects.toMatchObject({ code: 'unavailable', message: missing.missing });
  });

  it('is looked for again, and used from then on', async () => {
    let now = 0;
    const answers: (ComputeDriver | typeof missing)[] = [missing, found];
    const driver = lateDriver(
      () => Promise.resolve(answers.shift() ?? missing),
      () => now,
    );
    await driver.readiness();

    now = 2000;

    expect(await driver.readiness()).toEqual({ ready: true });
    expect(await driver.list()).toEqual([]);
  });

  it('is asked once by many who want to know at the same time', async () => {
    let asked = 0;
    const find = () => {
      asked += 1;
      return Promise.resolve(missing);
    };
    const driver = lateDriver(find, () => 0);

    await Promise.all([driver.readiness(), driver.readiness(), driver.list().catch(() => undefined)]);

    expect(asked).toBe(1);
  });
});
