import { matchingBlocks } from './matching-blocks.js';

const CONTEXT = 3;

/** A stretch of lines that are the same, or were replaced. */
interface Stretch {
  readonly same: boolean;
  readonly before: readonly [start: number, end: number];
  readonly after: readonly [start: number, end: number];
}

function stretches(before: readonly string[], after: readonly string[]): Stretch[] {
  const found: Stretch[] = [];
  let [row, column] = [0, 0];
  const end = { before: before.length, after: after.length, size: 0 };
  for (const block of [...matchingBlocks(before, after), end]) {
    if (row < block.before || column < block.after)
      found.push({ same: false, before: [row, block.before], after: [column, block.after] });
    [row, column] = [block.before + block.size, block.after + block.size];
    if (block.size > 0) found.push({ same: true, before: [block.before, row], after: [block.after, column] });
  }
  return merged(found);
}

/** Runs that touch are one. */
function merged(found: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const each of found) {
    const last = result.at(-1);
    if (last?.same === true && each.same) {
      result[result.length - 1] = {
        same: true,
        before: [last.before[0], each.before[1]],
        after: [last.after[0], each.after[1]],
      };
    } else result.push(each);
  }
  return result;
}

/** Cuts what is the same down to the context, and into hunks where it is longer than two contexts. */
function hunks(all: readonly Stretch[]): Stretch[][] {
  const groups: Stretch[][] = [[]];
  all.forEach((each, index) => {
    const [start, end] = each.before;
    const [column, columnEnd] = each.after;
    const isFirst = index === 0;
    const isLast = index === all.length - 1;
    const size = end - start;
    if (!each.same) groups.at(-1)?.push(each);
    else if (isFirst || isLast || size > 2 * CONTEXT) {
      const head = Math.min(CONTEXT, size);
      if (!isFirst)
        groups.at(-1)?.push({ same: true, before: [start, start + head], after: [column, column + head] });
      if (!isFirst && !isLast) groups.push([]);
      if (!isLast)
        groups.at(-1)?.push({ same: true, before: [end - head, end], after: [columnEnd - head, columnEnd] });
    } else groups.at(-1)?.push(each);
  });
  return groups.filter((group) => group.some((each) => !each.same));
}

function range(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

function hunkLines(group: readonly Stretch[], before: readonly string[], after: readonly string[]): string[] {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return [];
  const header = `@@ -${range(first.before[0], last.before[1])} +${range(first.after[0], last.after[1])} @@`;
  return [
    header,
    ...group.flatMap((each) =>
      each.same
        ? before.slice(...each.before).map((line) => ` ${line}`)
        : [
            ...before.slice(...each.before).map((line) => `-${line}`),
            ...after.slice(...each.after).map((line) => `+${line}`),
          ],
    ),
  ];
}

/** The hunks of a unified diff with three lines of context, without its two header lines; [] when nothing differs. */
export function unifiedDiff(before: readonly string[], after: readonly string[]): string[] {
  return hunks(stretches(before, after)).flatMap((group) => hunkLines(group, before, after));
}
