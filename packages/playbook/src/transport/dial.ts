import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';

const COMPLAINT_LENGTH = 500;

/** A TCP connection. Without Nagle's algorithm, which ssh2 leaves on and which costs 40 ms a command. */
export function dialTcp(host: string, port: number): Duplex {
  // Not awaited: ssh2 prepares itself meanwhile, and errors reach whoever uses the socket.
  return connect({ host, port, noDelay: true });
}

/** A program of this machine whose stdin and stdout are the connection (ProxyCommand). */
export function dialCommand(command: string): Duplex {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: 'pipe' });
  const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-COMPLAINT_LENGTH);
  });
  child.on('error', (error) => duplex.destroy(error));
  child.on('close', () => duplex.destroy(new Error(`the ProxyCommand has ended: ${complaint.trim()}`)));
  duplex.on('close', () => child.kill());
  return duplex;
}
