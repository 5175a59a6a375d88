const WORD = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
const PART = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs;

/** The words of a line of options, quoted as a shell would have them; a quote that is not closed is dropped. */
export function wordsOf(line: string): string[] {
  return (line.match(WORD) ?? []).map((word) =>
    word.replaceAll(
      PART,
      (_, escaped?: string, single?: string, double?: string) =>
        escaped ?? single ?? (double ?? '').replaceAll(/\\(["\\])/g, '$1'),
    ),
  );
}
