import Docker from 'dockerode';
import type { EngineAddress } from './engine-address.js';

const MINUTE = 60_000;

/**
 * A client for the engine.
 * @param timeoutMs silence after which a request is given up. Builds need more than a call. @default 1 minute
 */
export function engineClient(address: EngineAddress, timeoutMs: number = MINUTE): Docker {
  // docker-modem merges DOCKER_HOST and its companions of the environment below what it is given here, and prefers a
  // host to a socket: so everything is named, with undefined where it does not apply.
  const nothing = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  if (address.tcp === undefined) {
    return new Docker({ ...nothing, socketPath: address.socketPath, protocol: 'http', timeout: timeoutMs });
  }
  const { host, port, tls } = address.tcp;
  return new Docker({ ...nothing, host, port, ...tls, protocol: tls ? 'https' : 'http', timeout: timeoutMs });
}
