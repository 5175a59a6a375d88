import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';

const COMPLAINT_LENGTH = 500;

/** A TCP connection. Without Nagle's algorithm, which ssh2 leaves on and which costs 40 ms a command. */
export function dialTcp(host: string, port: number): Duplex {
  // Not awaited: ssh2 prepares itself meanwhile, and errors reach whoever uses the socket.
  return connect({ host, port, noDelay: true });
}

/** A program of this machine whose stdin and stdout are the connection (ProxyCommand); its end is an error that says why. */
export function dialCommand(command: string): Duplex {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: 'pipe' });
  const { stdin, stdout, stderr } = child;
  // By hand: Duplex.from would end with stdout, before anybody knows what the program had to say.
  const duplex = new Duplex({
    read: () => void stdout.resume(),
    write: (chunk, _encoding, done) => void stdin.write(chunk, done),
    destroy: (error, done) => {
      child.kill();
      done(error);
    },
  });
  stdout.on('data', (chunk: Buffer) => {
    if (!duplex.push(chunk)) stdout.pause();
  });
  let complaint = '';
  stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-COMPLAINT_LENGTH);
  });
  for (const each of [child, stdin]) each.on('error', () => undefined);
  child.on('close', () => {
    const why = complaint.trim() || 'it said nothing';
    duplex.destroy(new Error(`the ProxyCommand has ended: ${why}`));
  });
  return duplex;
}
