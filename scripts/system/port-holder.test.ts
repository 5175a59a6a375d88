import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, isPortFree } from './free-port.ts';
import { portHolder } from './port-holder.ts';

it.runIf(process.platform === 'linux')('names the process that listens on a port', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');

  const [holder, free] = [await portHolder(port), await isPortFree(port)];
  server.close();

  expect(holder).toContain(`(process ${process.pid})`);
  expect(free).toBe(false);
});
