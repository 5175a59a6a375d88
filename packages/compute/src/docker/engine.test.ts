import { afterEach, describe, expect, it } from 'vitest';
import { fakeEngine, type FakeEngine } from '../testing/fake-engine.js';
import { socketAddress } from './engine-address.js';
import { openEngine } from './engine.js';

const docker = { Components: [{ Name: 'Engine' }] };
const podman = { Components: [{ Name: 'Podman Engine' }, { Name: 'Conmon' }] };
const info = {
  OperatingSystem: 'Debian GNU/Linux 12',
  DockerRootDir: '/var/lib/docker',
  NCPU: 2,
  SecurityOptions: ['name=seccomp'],
};

let fake: FakeEngine | undefined;
afterEach(() => fake?.stop());

describe('what is known about an engine', () => {
  it('on this host: machines are dialled at their addresses', async () => {
    fake = await fakeEngine({ '/version': docker, '/info': info });

    const traits = await openEngine(socketAddress(fake.socket)).traits();

    expect(traits).toEqual({
      kind: 'docker',
      reach: { by: 'address' },
      sharesHostNetwork: true,
      cpus: 2,
      dataRoot: '/var/lib/docker',
    });
  });

  it.each([
    ['rootless', { ...info, SecurityOptions: ['name=seccomp', 'name=rootless'] }],
    ['in Docker Desktop’s virtual machine', { ...info, OperatingSystem: 'Docker Desktop' }],
  ])('%s: machines are dialled at ports of this host', async (_way, changed) => {
    fake = await fakeEngine({ '/version': docker, '/info': changed });

    const traits = await openEngine(socketAddress(fake.socket)).traits();

    expect(traits.reach).toEqual({ by: 'port', publishOn: '127.0.0.1', dial: '127.0.0.1' });
    expect(traits.sharesHostNetwork).toBe(false);
  });

  it('that is Podman, which leaves some things out', async () => {
    fake = await fakeEngine({ '/version': podman, '/info': {} });

    expect(await openEngine(socketAddress(fake.socket)).traits()).toMatchObject({
      kind: 'podman',
      dataRoot: null,
    });
  });

  it('is asked for again after a failure, and not after a success', async () => {
    const engine = openEngine(socketAddress('/nonexistent/docker.sock'));

    await expect(engine.traits()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(engine.traits()).rejects.toMatchObject({ code: 'unavailable' });

    fake = await fakeEngine({ '/version': docker, '/info': info });
    const known = openEngine(socketAddress(fake.socket));
    const first = await known.traits();
    await fake.stop();
    expect(await known.traits()).toBe(first);
  });
});
