/** A word, or a piece of one: in single quotes, in double quotes, behind a backslash, or plain. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\#]+)/y;

/**
 * The words of a host's line as Python's `shlex` splits it: quotes hold a word together, `#` begins a comment
 * anywhere outside of them. Undefined when a quote is not closed.
 */
export function splitIniWords(line: string): string[] | undefined {
  const words: string[] = [];
  let position = 0;
  while (position < line.length && line[position] !== '#') {
    if (/\s/.test(line.charAt(position))) {
      position += 1;
      continue;
    }
    const start = position;
    let word = '';
    for (let found = pieceAt(line, position); found !== null; found = pieceAt(line, position)) {
      const [piece, single, double, escaped, bare] = found;
      // In double quotes a backslash is only special before what it can escape there.
      word += single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? bare ?? '';
      position += piece.length;
    }
    if (position === start) return undefined;
    words.push(word);
  }
  return words;
}

function pieceAt(line: string, position: number): RegExpExecArray | null {
  PIECE.lastIndex = position;
  return PIECE.exec(line);
}
