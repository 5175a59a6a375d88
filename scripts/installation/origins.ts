import { networkInterfaces } from 'node:os';

/** The web origins, comma-separated, under which an api that listens on `host` is reached besides localhost. */
export function origins(host: string | undefined, port: number): string {
  if (host === undefined) return '';
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const addresses = isEverywhere
    ? Object.values(networkInterfaces())
        .flatMap((entries) => entries ?? [])
        .filter((entry) => !entry.internal)
        .map((entry) => entry.address)
    : [host];
  return addresses
    .map(
      (address) => `http://${address.includes(':') ? `[${address.split('%')[0] ?? ''}]` : address}:${port}`,
    )
    .join(',');
}
