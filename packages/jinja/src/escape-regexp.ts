/** The text as a piece of a regular expression, outside of [ ], that matches exactly it; also under the `u` flag. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
