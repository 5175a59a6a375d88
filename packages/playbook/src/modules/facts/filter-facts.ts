/** Python's fnmatch: `*`, `?`, `[abc]` and `[!abc]`, the whole name. */
function globTest(glob: string): RegExp {
  const parts = glob.split(/(\*|\?|\[!?\]?[^\]]*\])/).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (part === '*') return '.*';
    return part === '?' ? '.' : part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}

/** The facts whose names one of the globs fits, with or without `ansible_` (Ansible 2.14). No glob: all. */
export function filterFacts<T>(facts: ReadonlyMap<string, T>, globs: readonly string[]): Map<string, T> {
  if (globs.length === 0) return new Map(facts);
  const tests = globs.flatMap((glob) => {
    if (glob === '') return [/^/];
    const isFull = /^(?:ansible_|facter|ohai)/.test(glob);
    return [globTest(glob), ...(isFull ? [] : [globTest(`ansible_${glob}`)])];
  });
  return new Map([...facts].filter(([name]) => tests.some((test) => test.test(name))));
}
