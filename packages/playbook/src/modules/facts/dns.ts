import type { Subset } from './subset.js';

function readOptions(words: readonly string[]): Record<string, string | true> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf(':');
      return at < 0 ? [word, true] : [word.slice(0, at), word.slice(at + 1) || true];
    }),
  );
}

/** resolv.conf(5); name servers add up, of everything else the last line counts. */
export const dns: Subset = {
  name: 'dns',
  minimal: true,
  files: ['/etc/resolv.conf'],
  read(printed) {
    const found: Record<string, unknown> = {};
    const nameservers: string[] = [];
    for (const line of printed.lines('/etc/resolv.conf')) {
      const [keyword = '', ...words] = line.trim().split(/\s+/);
      if (/^[#;]/.test(line)) continue;
      if (keyword === 'nameserver') found.nameservers = (nameservers.push(...words), nameservers);
      else if (keyword === 'domain' && words[0] !== undefined) found.domain = words[0];
      else if (keyword === 'search' || keyword === 'sortlist') found[keyword] = words;
      else if (keyword === 'options') found.options = readOptions(words);
    }
    return { dns: found };
  },
};
