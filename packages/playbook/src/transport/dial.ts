import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A TCP connection. Without Nagle's algorithm, which ssh2 leaves on and which costs 40 ms a command. */
export function dialTcp(host: string, port: number): Promise<Duplex> {
  // The name is looked up and connected to while ssh2 prepares itself; its errors reach whoever uses the socket.
  return Promise.resolve(connect({ host, port, noDelay: true }));
}
