import { afterEach, describe, expect, it } from 'vitest';
import { fakeEngine, type FakeEngine } from '../testing/fake-engine.js';
import { parseDockerHost } from './engine-address.js';
import { findEngine } from './find-engine.js';

let fake: FakeEngine | undefined;
afterEach(() => fake?.stop());

describe('the engine that is found', () => {
  it('is that of DOCKER_HOST, and no other when it does not answer', async () => {
    fake = await fakeEngine({ '/_ping': 'OK' });

    expect(await findEngine({ dockerHost: `unix://${fake.socket}` })).toMatchObject({
      socketPath: fake.socket,
    });
    expect(
      await findEngine({ dockerHost: 'unix:///nonexistent/docker.sock', engineSocket: fake.socket }),
    ).toEqual({
      missing:
        'There is no container engine at /nonexistent/docker.sock; start it (Linux: sudo service docker start).',
    });
  });

  it('is that of TENON_ENGINE_SOCKET when no other was chosen', async () => {
    fake = await fakeEngine({ '/_ping': 'OK' });

    expect(await findEngine({ dockerHost: '', engineSocket: fake.socket })).toMatchObject({
      name: fake.socket,
    });
  });

  it('is refused in one sentence when DOCKER_HOST cannot be read', async () => {
    expect(await findEngine({ dockerHost: 'docker.example' })).toEqual({
      missing: 'DOCKER_HOST must look like unix:///var/run/docker.sock or tcp://host:2375.',
    });
    expect(await findEngine({ dockerHost: 'ssh://me@host' })).toMatchObject({
      missing: expect.stringContaining('ssh -L') as string,
    });
  });
});

describe('DOCKER_HOST', () => {
  it.each([
    ['unix:///run/user/1000/docker.sock', { socketPath: '/run/user/1000/docker.sock' }],
    ['/run/podman/podman.sock', { socketPath: '/run/podman/podman.sock' }],
    ['npipe:////./pipe/docker_engine', { socketPath: '//./pipe/docker_engine' }],
    ['tcp://10.0.0.5:2375', { name: 'tcp://10.0.0.5:2375', tcp: { host: '10.0.0.5', port: 2375 } }],
    ['tcp://somebody:secret@docker.example', { name: 'tcp://docker.example:2375' }],
  ])('%s is understood', (dockerHost, expected) => {
    expect(parseDockerHost(dockerHost)).toMatchObject(expected);
  });

  it('takes the port for TLS when certificates are given', () => {
    const tls = { ca: 'a', cert: 'b', key: 'c' };

    expect(parseDockerHost('tcp://docker.example', tls)).toMatchObject({ tcp: { port: 2376, tls } });
  });
});
