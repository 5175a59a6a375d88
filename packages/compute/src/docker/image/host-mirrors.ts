import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Debian packages come from. */
export interface DebianMirrors {
  main: string;
  security: string;
}

/** The release that machines run. */
export const SUITE = 'bookworm';

const DEFAULT_MIRRORS: DebianMirrors = {
  main: 'http://deb.debian.org/debian',
  security: 'http://deb.debian.org/debian-security',
};

/** The mirrors that this host uses, when it is a Debian; else Debian's own. */
export async function readDebianMirrors(
  apt = '/etc/apt',
  osRelease = '/etc/os-release',
): Promise<DebianMirrors> {
  const release = await readFile(osRelease, 'utf8').catch(() => '');
  const codename = /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(release)?.[1];
  if (!/^ID="?debian"?$/m.test(release) || codename === undefined) return DEFAULT_MIRRORS;
  const sources = await readSources(apt);
  const uriOf = (...suites: string[]): string | undefined =>
    sources.find((source) => suites.includes(source.suite) && source.components.includes('main'))?.uri;
  return {
    // "-updates" first: packages of others are offered under the bare code name too, but never under this one.
    main: uriOf(`${codename}-updates`, 'stable-updates') ?? uriOf(codename, 'stable') ?? DEFAULT_MIRRORS.main,
    security: uriOf(`${codename}-security`, 'stable-security') ?? DEFAULT_MIRRORS.security,
  };
}

/** apt's sources for a machine, in deb822 form. */
export function sourcesFile(mirrors: DebianMirrors): string {
  const stanza = (uri: string, suites: string): string =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`;
  return `${stanza(mirrors.main, `${SUITE} ${SUITE}-updates`)}\n${stanza(mirrors.security, `${SUITE}-security`)}`;
}

interface Source {
  uri: string;
  suite: string;
  components: string[];
}

async function readSources(apt: string): Promise<Source[]> {
  const folder = join(apt, 'sources.list.d');
  const names = await readdir(folder).catch(() => []);
  const paths = [join(apt, 'sources.list'), ...names.sort().map((name) => join(folder, name))];
  const parsed = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(path, 'utf8').catch(() => '');
      if (path.endsWith('.sources')) return deb822Sources(text);
      return path.endsWith('.list') ? lineSources(text) : [];
    }),
  );
  return parsed.flat();
}

/** `deb [options] uri suite component…` */
function lineSources(text: string): Source[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+(\S+)\s+([^#]+)/.exec(line);
    if (match === null) return [];
    const [, uri = '', suite = '', components = ''] = match;
    return [{ uri, suite, components: words(components) }];
  });
}

/** Stanzas of `Key: value`, see sources.list(5). */
function deb822Sources(text: string): Source[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const plain = stanza.replace(/^#.*\n?/gm, '').replace(/\n[ \t]+/g, ' ');
    const value = (key: string): string => new RegExp(`^${key}:\\s*(.*)$`, 'im').exec(plain)?.[1] ?? '';
    if (!words(value('Types')).includes('deb') || value('Enabled').trim().toLowerCase() === 'no') return [];
    const [uri = ''] = words(value('URIs'));
    return words(value('Suites')).map((suite) => ({ uri, suite, components: words(value('Components')) }));
  });
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
