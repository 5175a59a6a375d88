/** Lines that two texts have in common, at their places in both. */
export interface MatchingBlock {
  readonly before: number;
  readonly after: number;
  readonly size: number;
}

interface Window {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

/** A line that is in more than 1 % of a long text (200 lines) says nothing about what belongs together. */
const LONG_TEXT = 200;

function placesOf(lines: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  lines.forEach((line, index) => {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else known.push(index);
  });
  if (lines.length < LONG_TEXT) return places;
  const most = Math.floor(lines.length / 100) + 1;
  for (const [line, found] of places) if (found.length > most) places.delete(line);
  return places;
}

/** The longest run of common lines in a window; of equal ones the first. */
class Matcher {
  private readonly places: ReadonlyMap<string, readonly number[]>;

  constructor(
    private readonly before: readonly string[],
    private readonly after: readonly string[],
  ) {
    this.places = placesOf(after);
  }

  longest(window: Window): MatchingBlock {
    let best: MatchingBlock = { before: window.beforeStart, after: window.afterStart, size: 0 };
    let lengths = new Map<number, number>();
    for (let row = window.beforeStart; row < window.beforeEnd; row++) {
      const next = new Map<number, number>();
      for (const column of this.places.get(this.before[row] ?? '') ?? []) {
        if (column < window.afterStart || column >= window.afterEnd) continue;
        const size = (lengths.get(column - 1) ?? 0) + 1;
        next.set(column, size);
        if (size > best.size) best = { before: row - size + 1, after: column - size + 1, size };
      }
      lengths = next;
    }
    return this.widened(best, window);
  }

  /** Lines that are too common to begin a run may still belong to one. */
  private widened({ before, after, size }: MatchingBlock, window: Window): MatchingBlock {
    const isSame = (row: number, column: number) => this.before[row] === this.after[column];
    while (before > window.beforeStart && after > window.afterStart && isSame(before - 1, after - 1)) {
      before--;
      after--;
      size++;
    }
    while (
      before + size < window.beforeEnd &&
      after + size < window.afterEnd &&
      isSame(before + size, after + size)
    )
      size++;
    return { before, after, size };
  }
}

/**
 * The common runs of two lists of lines, in order, by Ratcliff and Obershelp: the longest run first, then the same
 * left and right of it. This is what Python's difflib does, so diffs have the same hunks as Ansible's.
 */
export function matchingBlocks(before: readonly string[], after: readonly string[]): MatchingBlock[] {
  const matcher = new Matcher(before, after);
  const waiting: Window[] = [
    { beforeStart: 0, beforeEnd: before.length, afterStart: 0, afterEnd: after.length },
  ];
  const blocks: MatchingBlock[] = [];
  for (let window = waiting.pop(); window !== undefined; window = waiting.pop()) {
    const block = matcher.longest(window);
    if (block.size === 0) continue;
    blocks.push(block);
    waiting.push(
      { ...window, beforeEnd: block.before, afterEnd: block.after },
      { ...window, beforeStart: block.before + block.size, afterStart: block.after + block.size },
    );
  }
  return blocks.sort((left, right) => left.before - right.before);
}
