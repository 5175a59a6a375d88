const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[\s\S])/g;

const NAMED: Partial<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

function readEscape(escape: string): string {
  const kind = escape.charAt(1);
  if (/^\\(?:x..|u.{4}|U.{8})$/s.test(escape)) return String.fromCodePoint(parseInt(escape.slice(2), 16));
  return /[0-7]/.test(kind) ? String.fromCodePoint(parseInt(escape.slice(1), 8)) : (NAMED[kind] ?? escape);
}

/** Reads the escapes of a Python string literal; an unknown one stays as it is written. */
export function readEscapes(body: string): string {
  return body.replace(ESCAPE, readEscape);
}

/** The body of a string whose backslashes are literal, except before its own quote. */
export function readRaw(body: string, quote: string): string {
  return body.replaceAll(`\\${quote}`, quote);
}
