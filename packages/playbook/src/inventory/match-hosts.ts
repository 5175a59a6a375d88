function matcher(pattern: string): (name: string) => boolean {
  if (pattern === 'all' || pattern === '*') return () => true;
  if (pattern.startsWith('~')) {
    const expression = new RegExp(`^(?:${pattern.slice(1)})`);
    return (name) => expression.test(name);
  }
  if (!/[*?[]/.test(pattern)) return (name) => name === pattern;
  const source = pattern
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`);
  return (name) => expression.test(name);
}

/**
 * The hosts that a pattern names, in the inventory's order: `a:b` or `a,b`, `!x` without, `&x` only those of x too,
 * globs and `~regex` (Ansible 2.14). A host of exactly that name always matches, whatever characters it has.
 */
export function matchHosts<H extends { readonly name: string }>(pattern: string, hosts: readonly H[]): H[] {
  const exact = hosts.filter((host) => host.name === pattern);
  if (exact.length > 0) return exact;
  const parts = pattern
    .split(/[,:]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const pick = (prefix: string) =>
    parts.filter((part) => part.startsWith(prefix)).map((part) => matcher(part.slice(prefix.length)));
  const wanted = parts.filter((part) => !/^[!&]/.test(part)).map(matcher);
  const [excluded, required] = [pick('!'), pick('&')];
  return hosts.filter(
    ({ name }) =>
      // `!x` alone means: all but x.
      ((wanted.length === 0 && parts.length > 0) || wanted.some((test) => test(name))) &&
      required.every((test) => test(name)) &&
      !excluded.some((test) => test(name)),
  );
}
