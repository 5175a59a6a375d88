/** A `key=value` argument line that cannot be read. */
export class KeyValueError extends Error {}

const CLOSING = { '{{': '}}', '{%': '%}', '{#': '#}' } as const;

function isOpening(text: string): text is keyof typeof CLOSING {
  return text in CLOSING;
}

/** The index behind a Jinja2 block that begins at `start`. */
function skipJinja(text: string, start: number): number {
  const open = text.slice(start, start + 2);
  if (!isOpening(open)) return start;
  const end = text.indexOf(CLOSING[open], start + 2);
  if (end < 0) throw new KeyValueError(`cannot split the arguments: "${open}" has no "${CLOSING[open]}"`);
  return end + 2;
}

/** The index behind the quoted piece that begins at `start`. */
function skipQuoted(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const behind = skipJinja(text, at);
    if (behind > at) at = behind - 1;
    else if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
  }
  throw new KeyValueError(`cannot split the arguments: the quote ${quote} is not closed`);
}

/** A word of an argument line as it was written, and where it stands. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits at blanks and line ends; quotes and Jinja2 blocks stay whole; a backslash joins lines
 * (Ansible 2.14 split_args). Throws KeyValueError for what is not closed.
 */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let start = -1;
  const finish = (end: number) => {
    if (start >= 0) words.push({ text: text.slice(start, end), start, end });
    start = -1;
  };
  for (let at = 0; at < text.length;) {
    const continued = text[at] === '\\' && text[at + 1] === '\n';
    if (continued || /\s/.test(text.charAt(at))) {
      finish(at);
      at += continued ? 2 : 1;
      continue;
    }
    if (start < 0) start = at;
    const behind = skipJinja(text, at);
    if (behind > at) at = behind;
    else if (text[at] === '"' || text[at] === "'") at = skipQuoted(text, at);
    else at += text[at] === '\\' ? 2 : 1;
  }
  finish(text.length);
  return words;
}

function unquote(value: string): string {
  const quote = value.charAt(0);
  const quoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return quoted && !value.endsWith(`\\${quote}`) ? value.slice(1, -1) : value;
}

const ESCAPE = /\\(?:U[\da-fA-F]{8}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[\\'"abfnrtv])/g;

const LAST_CHARACTER = 0x10_ffff;

const CONTROL: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

/** What a backslash means in the word of an option (Ansible 2.14 parse_kv); a command keeps its own. */
function withoutEscapes(word: string): string {
  return word.replaceAll(ESCAPE, (escape) => {
    const kind = escape.charAt(1);
    if (escape.length > 2) {
      const code = Number.parseInt(escape.slice(2), 16);
      // Beyond Unicode there is no character to mean.
      return code > LAST_CHARACTER ? escape : String.fromCodePoint(code);
    }
    return CONTROL[kind] ?? kind;
  });
}

/** The name of an option; `set_fact` takes templates in it. */
const PAIR = /^((?:[A-Za-z_]|\{\{.*?\}\})(?:[\w-]|\{\{.*?\}\})*)=([\s\S]*)$/s;

function pairOf(word: string): [string, string] | undefined {
  const match = PAIR.exec(withoutEscapes(word));
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return [match[1], unquote(match[2])];
}

/** An argument line, read. */
export interface ArgumentLine {
  readonly options: ReadonlyMap<string, string>;
  /** What is no option, in its original spelling; '' when there is nothing. */
  readonly rest: string;
}

/** `name=x state=y`: every word must be a pair, except that `rest` keeps the others for whoever reports them. */
export function readPairs(text: string): ArgumentLine {
  const options = new Map<string, string>();
  const others: string[] = [];
  for (const { text: word } of splitWords(text)) {
    const pair = pairOf(word);
    if (pair === undefined) others.push(word);
    else options.set(...pair);
  }
  return { options, rest: others.join(' ') };
}

/**
 * `creates=/x echo a=b`: only the named options are taken out, everything else is the command in its own
 * spelling, quotes and blanks included; `\=` is a plain `=`.
 */
export function readCommandLine(text: string, optionNames: ReadonlySet<string>): ArgumentLine {
  const options = new Map<string, string>();
  let rest = '';
  let last = 0;
  for (const word of splitWords(text)) {
    const pair = pairOf(word.text);
    if (pair === undefined || !optionNames.has(pair[0])) continue;
    options.set(...pair);
    rest += text.slice(last, word.start);
    last = word.end;
  }
  rest += text.slice(last);
  return { options, rest: rest.trim().replaceAll('\\=', '=') };
}
