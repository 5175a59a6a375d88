import type { Terminal } from './terminal.js';

const FEWEST_STARS = 3;

/** A wide character takes two columns (East Asian width, the blocks that matter). */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
  return width;
}

/** An empty line, and the text filled with stars to the width of the terminal. */
export function banner(terminal: Terminal, text: string): void {
  const title = text.trim();
  const stars = Math.max(FEWEST_STARS, terminal.columns - widthOf(title));
  terminal.line(`\n${title} ${'*'.repeat(stars)}`);
}
