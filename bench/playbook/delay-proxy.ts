import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Way } from './in-process.ts';

/** A long way to a machine. */
export interface DelayProxy extends Way {
  close(): void;
}

/** Forwards to a machine's sshd; every byte takes half of the round trip each way. */
export async function startDelayProxy(target: Way, roundTripMs: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const forward = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('error', () => to.destroy());
    from.on('data', (chunk: Buffer) => setTimeout(() => void to.write(chunk), roundTripMs / 2));
    from.on('close', () => setTimeout(() => to.destroy(), roundTripMs / 2));
  };
  const server = createServer({ noDelay: true }, (client) => {
    const machine = connect({ host: target.address, port: target.port, noDelay: true });
    forward(machine, client);
    forward(client, machine);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}
