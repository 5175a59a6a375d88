/** What a pattern of Python's and an extended one of POSIX read alike, one piece at a time. */
const PIECE = /^(?:\\[^\w\s]|\[[A-Za-z0-9 _.,:;=#@%/+*()!?<>'"-]+\]|[A-Za-z0-9 _\-/,:;=@%"'<>~`&!#.])[*+?]?/;

function isPlainSet(piece: string): boolean {
  // A class like [:alpha:], and a dash that is no range, are read differently.
  return !piece.startsWith('[') || !/^\[[:=.]/.test(piece);
}

/** One alternative: `^` at its beginning and `$` at its end alone. */
function isShared(alternative: string): boolean {
  let rest = alternative.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  while (rest !== '') {
    const piece = PIECE.exec(rest)?.[0];
    if (piece === undefined || !isPlainSet(piece)) return false;
    rest = rest.slice(piece.length);
    // `a*?` is lazy in Python, and something else in grep.
    if (/^[*+?{]/.test(rest)) return false;
  }
  return true;
}

/**
 * A pattern of Python's `re` as one for `grep -E` when it finds the same lines in both; undefined when that is not certain.
 * A machine can then say by itself that a file is as it should be.
 */
export function grepPattern(pattern: string): string | undefined {
  return pattern !== '' && pattern.split('|').every(isShared) ? pattern : undefined;
}
