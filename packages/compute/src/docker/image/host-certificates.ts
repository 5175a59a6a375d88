import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The certificate authorities that this host trusts (Debian's place). */
export const systemBundle = '/etc/ssl/certs/ca-certificates.crt';

const PACKAGED = '/usr/share/ca-certificates';
const ADDED = '/usr/local/share/ca-certificates';

/**
 * Certificate authorities that somebody added to this host, as PEM: those in /usr/local/share/ca-certificates, and
 * those in the bundle that no package brought. A machine behind the same inspecting proxy needs them too.
 */
export async function extraCertificates(): Promise<string[]> {
  const packaged = new Set((await certificatesBelow(PACKAGED)).map(fingerprint));
  const added = await certificatesBelow(ADDED);
  // Where no packaged ones are found the whole bundle would look added.
  const bundle = packaged.size > 0 ? split(await readFile(systemBundle, 'utf8').catch(() => '')) : [];
  const extra = new Map([...added, ...bundle].map((pem) => [fingerprint(pem), pem]));
  return [...extra]
    .filter(([print]) => print !== '' && !packaged.has(print))
    .map(([, pem]) => pem)
    .sort();
}

async function certificatesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const texts = await Promise.all(
    entries
      .filter((name) => name.endsWith('.crt'))
      .map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  return texts.flatMap(split);
}

function split(bundle: string): string[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => `${block}\n`);
}

/** '' for what is no certificate. */
function fingerprint(pem: string): string {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return '';
  }
}
