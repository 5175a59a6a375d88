/** Says under which names people may reach this server, so that no foreign page can speak to it with their cookie. */
export interface AllowedHosts {
  /** Whether the Host header names this server. A DNS name rebound to our address does not. */
  isHostAllowed(host: string | undefined): boolean;
  /**
   * Whether a request with this Origin may act on this Host. Browsers always send Origin with POST and with WebSockets;
   * a request without one comes from a program, which holds no one's cookies but its own.
   */
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean;
}

/**
 * Allows `localhost` (any port: an `ssh -L` tunnel may end on another one), the address listened on when it is a
 * particular one, and the configured origins.
 */
export function allowedHosts(config: { host: string; origins: readonly string[] }): AllowedHosts {
  const names = new Set(['localhost', ...(isNoName(config.host) ? [] : [config.host])]);
  const extra = new Set(config.origins.map((origin) => new URL(origin).host));
  const isHostAllowed = (host: string | undefined): boolean =>
    host !== undefined && (extra.has(host) || names.has(hostname(host)));
  return {
    isHostAllowed,
    isOriginAllowed: (origin, host) =>
      origin === undefined ||
      config.origins.includes(origin) ||
      (isHostAllowed(host) && origin === `http://${host}`),
  };
}

/** Whether the Host header is a loopback address, which is redirected to `localhost`. */
export function isLoopbackAddress(host: string | undefined): boolean {
  return host !== undefined && ['127.0.0.1', '[::1]'].includes(hostname(host));
}

/** The port of a Host header with its colon, or ''. */
export function portSuffix(host: string): string {
  return /:\d+$/.exec(host)?.[0] ?? '';
}

function hostname(host: string): string {
  return host.slice(0, host.length - portSuffix(host).length).toLowerCase();
}

/** Whether only programs on this host reach the address. */
export function isLoopback(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1'].includes(host);
}

/** Whether the address listened on is none to use: all addresses, or the loopback, whose name is `localhost`. */
function isNoName(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || isLoopback(host);
}
