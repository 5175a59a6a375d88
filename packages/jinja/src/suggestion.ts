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

/** The known name that a misspelt one was most likely meant to be, if any is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const [best] = [...known]
    .map((each) => ({ each, far: distance(name, each) }))
    .filter(({ far }) => far <= Math.ceil(name.length / 3) && far < name.length)
    .sort((a, b) => a.far - b.far);
  return best?.each;
}

/** What to do about a name that does not exist: use the nearest one that does. */
export function suggestion(name: string, known: Iterable<string>): string {
  const best = nearest(name, known);
  return best === undefined ? 'check the spelling' : `did you mean '${best}'?`;
}
