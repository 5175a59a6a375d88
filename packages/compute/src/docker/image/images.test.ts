import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeEngine, type FakeEngine } from '../../testing/fake-engine.js';
import { socketAddress } from '../engine-address.js';
import { openEngine } from '../engine.js';
import { createImages } from './images.js';

let fake: FakeEngine | undefined;
afterEach(() => fake?.stop());

function images(socket: string) {
  const engine = openEngine(socketAddress(socket));
  const cacheDir = join(tmpdir(), 'tenon-no-cache');
  return createImages({ engine, cacheDir, proxy: {}, diskFloor: 0, log: undefined });
}

describe('images', () => {
  it('of a reference are ready when the engine has them', async () => {
    const answers = {
      '/version': {},
      '/info': {},
      '/images/registry.example/web:1/json': { Id: 'sha256:1' },
    };
    fake = await fakeEngine(answers);

    expect(await images(fake.socket).readiness('registry.example/web:1')).toEqual({
      ready: true,
      id: 'sha256:1',
    });
  });

  it('that could not be had say why, until they are tried again', async () => {
    fake = await fakeEngine({ '/version': {}, '/info': {} });
    const store = images(fake.socket);

    await expect(store.ensure('registry.example/web:1')).rejects.toMatchObject({
      code: 'no-image',
      retryable: true,
    });

    expect(await store.readiness('registry.example/web:1')).toEqual({
      ready: false,
      reason: "cannot get image registry.example/web:1: not here; check the image's name and the registry",
    });
  });

  it('that nobody knows name what is known', async () => {
    fake = await fakeEngine({ '/version': {}, '/info': {} });

    await expect(images(fake.socket).requireId('ubuntu')).rejects.toMatchObject({
      code: 'no-image',
      retryable: false,
      message: expect.stringContaining('knows debian-12') as string,
    });
  });
});
