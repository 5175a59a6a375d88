const SPECIAL = /[\\^$.|+(){}]/;

/** The set that opens at `start`, as a piece of a RegExp; undefined when no bracket closes it. */
function readSet(glob: string, start: number): { source: string; end: number } | undefined {
  const negated = glob[start + 1] === '!';
  const first = start + (negated ? 2 : 1);
  // A bracket right behind the opening one is a member of the set.
  const end = glob.indexOf(']', first + 1);
  if (end === -1) return undefined;
  const members = glob.slice(first, end).replaceAll(/[\\\]^[]/g, '\\$&');
  return { source: `[${negated ? '^' : ''}${members}]`, end: end + 1 };
}

/** A shell's pattern as a RegExp for a whole text: `*`, `?`, `[a-c]`, `[!a]` (Python's fnmatch). Throws SyntaxError. */
export function globRegExp(glob: string): RegExp {
  let source = '';
  let index = 0;
  while (index < glob.length) {
    const character = glob.charAt(index);
    const set = character === '[' ? readSet(glob, index) : undefined;
    if (set !== undefined) source += set.source;
    else if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else source += character === '[' || SPECIAL.test(character) ? `\\${character}` : character;
    index = set?.end ?? index + 1;
  }
  return new RegExp(`^${source}$`, 's');
}
