import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A long way to a server of this machine. */
export interface DelayProxy {
  readonly port: number;
  /** How often the client has spoken after having heard something, over all connections so far. */
  readonly roundTrips: number;
  close(): void;
}

/** Forwards to a port of the loopback interface; every byte takes half of `roundTripMs` each way. */
export async function startDelayProxy(target: number, roundTripMs: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  let roundTrips = 0;
  let heard = false;
  const forward = (from: Socket, to: Socket, arrives: () => void) => {
    sockets.add(from);
    from.on('error', () => to.destroy());
    from.on('data', (chunk) => setTimeout(() => (arrives(), to.write(chunk)), roundTripMs / 2));
    from.on('close', () => setTimeout(() => to.destroy(), roundTripMs / 2));
  };
  const server = createServer({ noDelay: true }, (client) => {
    const machine = connect({ port: target, host: '127.0.0.1', noDelay: true });
    forward(machine, client, () => (heard = true));
    forward(client, machine, () => undefined);
    client.on('data', () => {
      if (heard) roundTrips++;
      heard = false;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get roundTrips() {
      return roundTrips;
    },
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}
