import { readFile } from 'node:fs/promises';
import {
  aptProxyLines,
  buildProxyLines,
  type AptOption,
  type ProxySettings,
  readAptOptions,
} from './host-proxy.js';
import { extraCertificates, systemBundle } from './host-certificates.js';
import { readDebianMirrors, sourcesFile, type DebianMirrors } from './host-mirrors.js';

export type { ProxySettings } from './host-proxy.js';

/** What an image takes over from the host it is built on, as files of the build's folder `host/`. */
export interface HostSettings {
  mirrors: DebianMirrors;
  /** apt.conf lines that are needed while building. */
  buildOptions: string[];
  files: { name: string; content: string }[];
}

/** Reads apt's sources and proxy, and certificate authorities beyond the usual. Never throws: what cannot be read does not apply. */
export async function readHostSettings(proxy: ProxySettings): Promise<HostSettings> {
  const mirrors = await readDebianMirrors();
  const aptOptions: AptOption[] = await readAptOptions();
  const buildOptions = buildProxyLines(aptOptions, proxy);
  const needsBundle = [mirrors.main, mirrors.security].some((uri) => uri.startsWith('https:'));
  const bundle = needsBundle ? await readFile(systemBundle, 'utf8').catch(() => '') : '';
  const certificates = await extraCertificates();
  return {
    mirrors,
    buildOptions,
    files: [
      { name: 'sources', content: sourcesFile(mirrors) },
      { name: 'proxy', content: lines(aptProxyLines(aptOptions, proxy)) },
      { name: 'build-proxy', content: lines(buildOptions) },
      { name: 'bundle.pem', content: bundle },
      ...certificates.map((pem, index) => ({ name: `host-${index + 1}.crt`, content: pem })),
    ].filter(({ content }) => content !== ''),
  };
}

function lines(options: string[]): string {
  return options.map((option) => `${option}\n`).join('');
}
