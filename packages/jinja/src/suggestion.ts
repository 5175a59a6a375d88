/** The number of single-character edits between two words (Levenshtein), O(a·b). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = (row[j - 1] ?? 0) + Number(left[i - 1] !== right[j - 1]);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** What to do about a name that does not exist: the nearest one that does, or all of them when there are few. */
export function suggestion(name: string, known: Iterable<string>): string {
  const names = [...known];
  const [best] = names
    .map((each) => ({ each, far: distance(name, each) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far);
  if (best !== undefined) return `did you mean '${best.each}'?`;
  return names.length > 0 && names.length <= 20 ? `use one of: ${names.join(', ')}` : 'check the spelling';
}
