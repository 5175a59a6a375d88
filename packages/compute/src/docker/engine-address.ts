/** How to reach a container engine. */
export interface EngineAddress {
  /** What people call it: a path or a URL without a password. */
  name: string;
  /** A Unix socket or a Windows pipe. */
  socketPath?: string;
  /** Over TCP instead. */
  tcp?: { host: string; port: number; tls?: EngineTls };
}

/** Contents of the files of DOCKER_CERT_PATH. */
export interface EngineTls {
  ca: string;
  cert: string;
  key: string;
}

/** The address of a Unix socket. */
export function socketAddress(path: string): EngineAddress {
  return { name: path, socketPath: path };
}

/**
 * Reads DOCKER_HOST: `unix://`, `npipe://`, `tcp://`, `http(s)://`, or a bare path.
 * `tls` is used for TCP when given. Returns `{ problem }`, a clause for people, for anything else (`ssh://` too).
 */
export function parseDockerHost(dockerHost: string, tls?: EngineTls): EngineAddress | { problem: string } {
  if (dockerHost.startsWith('/')) return socketAddress(dockerHost);
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(dockerHost)?.[1];
  if (socket !== undefined) return socketAddress(socket);
  if (dockerHost.startsWith('ssh://')) {
    return {
      problem:
        'DOCKER_HOST over ssh is not supported; forward the socket (ssh -L /tmp/docker.sock:/var/run/docker.sock) and use unix:///tmp/docker.sock',
    };
  }
  if (!/^(tcp|https?):\/\//.test(dockerHost) || !URL.canParse(dockerHost)) {
    return { problem: 'DOCKER_HOST must look like unix:///var/run/docker.sock or tcp://host:2375' };
  }
  const url = new URL(dockerHost);
  const port = url.port === '' ? (tls ? 2376 : 2375) : Number(url.port);
  return { name: `tcp://${url.hostname}:${port}`, tcp: { host: url.hostname, port, ...(tls && { tls }) } };
}

/** Whether the engine's host is this host as far as the address tells (a Docker Desktop is still a virtual machine). */
export function isLocal(address: EngineAddress): boolean {
  return address.tcp === undefined || /^(localhost|127\.|\[?::1)/.test(address.tcp.host);
}
