/** Changes between two words: a letter more, less, another one, or two exchanged (optimal string alignment), O(n·m). */
function distance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const exchanged =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          exchanged ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(left.length, right.length);
}

function hasAllLetters(name: string, word: string): boolean {
  return word.split(/(?:)/).every((letter) => name.includes(letter));
}

/** The candidate that a reader most likely meant; undefined when none is close (more than 40 % differs). */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { name: string; away: number } | undefined;
  for (const name of candidates) {
    // Of two equally near ones, the one with all the letters that were typed.
    const away = distance(word.toLowerCase(), name.toLowerCase()) + (hasAllLetters(name, word) ? 0 : 0.5);
    if (best === undefined || away < best.away) best = { name, away };
  }
  return best !== undefined && best.away <= Math.max(1.5, word.length * 0.4) ? best.name : undefined;
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const name = nearest(word, candidates);
  return name === undefined ? '' : `; did you mean "${name}"?`;
}
