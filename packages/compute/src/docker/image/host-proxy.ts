import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Proxies of this host as the usual variables name them (http_proxy, https_proxy, no_proxy). */
export interface ProxySettings {
  http?: string | undefined;
  https?: string | undefined;
  /** Comma separated host names that are reached directly. */
  no?: string | undefined;
}

/** One setting of apt, e.g. `Acquire::http::Proxy` and its value. */
export interface AptOption {
  key: string;
  value: string;
}

/** How packages are fetched; nothing else of the host's apt configuration is a machine's business. */
const FETCHING =
  /^Acquire::(https?::(?!Proxy-Auto-Detect|ProxyAutoDetect)|Retries$|Check-Valid-Until$|Check-Date$)/;

/** Files of the host that a machine does not have. */
const HOST_FILES = /::(CaInfo|CaPath|SslCert|SslKey|CrlFile)$/i;

const LOOPBACK = /^\w+:\/\/(?:[^@/]*@)?(localhost|127\.|\[::1\])/i;

/** What apt-config says about fetching; empty where there is no apt. */
export async function readAptOptions(): Promise<AptOption[]> {
  try {
    const { stdout } = await promisify(execFile)('apt-config', ['dump']);
    return parseAptOptions(stdout);
  } catch {
    return []; // not a Debian or Ubuntu
  }
}

/** Reads `Key "value";` lines and keeps those about fetching. */
export function parseAptOptions(dump: string): AptOption[] {
  return [...dump.matchAll(/^(\S+) "([^"\n]*)";$/gm)]
    .map(([, key = '', value = '']) => ({ key, value }))
    .filter(({ key, value }) => value !== '' && FETCHING.test(key) && !HOST_FILES.test(key));
}

/** apt.conf lines for use while an image is built, in the host's network. apt's own settings win over the variables. */
export function buildProxyLines(options: readonly AptOption[], proxy: ProxySettings): string[] {
  const all = [...options];
  for (const [scheme, url] of [
    ['http', proxy.http],
    ['https', proxy.https],
  ] as const) {
    const key = `Acquire::${scheme}::Proxy`;
    if (url === undefined || url === '' || all.some((option) => option.key === key)) continue;
    all.push({ key, value: url });
    const direct = (proxy.no ?? '').split(',').map((host) => host.trim().replace(/^\*?\./, ''));
    all.push(
      ...direct
        .filter((host) => /^[\w.-]+$/.test(host))
        .map((host) => ({ key: `${key}::${host}`, value: 'DIRECT' })),
    );
  }
  return all.filter(({ value }) => !/["\n\\]/.test(value)).map(({ key, value }) => `${key} "${value}";`);
}

/** apt.conf lines for the machines. A proxy on the host's loopback is out of their reach and left out. */
export function aptProxyLines(options: readonly AptOption[], proxy: ProxySettings): string[] {
  const reachable = (url: string | undefined): string | undefined =>
    url !== undefined && LOOPBACK.test(url) ? undefined : url;
  return buildProxyLines(
    options.filter(({ value }) => !LOOPBACK.test(value)),
    { ...proxy, http: reachable(proxy.http), https: reachable(proxy.https) },
  );
}
