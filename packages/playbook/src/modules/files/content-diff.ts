import type { Diff } from '../module.js';

/** Larger files are not compared (Ansible's max_diff_size). */
export const DIFF_LIMIT_BYTES = 104_448;

function isShown(content: Buffer): boolean {
  return content.length <= DIFF_LIMIT_BYTES && !content.includes(0);
}

/** The diff of two contents; undefined when one of them is large or no text, which Ansible leaves out too. */
export function contentDiff(
  before: Buffer,
  after: Buffer,
  headers: Pick<Diff, 'beforeHeader' | 'afterHeader'>,
): Diff | undefined {
  if (!isShown(before) || !isShown(after)) return undefined;
  return { before: before.toString(), after: after.toString(), ...headers };
}
