import { OperandError } from '../errors.js';
import { escapeRegExp } from '../escape-regexp.js';

export interface RegexOptions {
  readonly ignoreCase?: boolean;
  /** `^` and `$` match at every line. */
  readonly multiline?: boolean;
  /** `.` matches a newline too. */
  readonly dotAll?: boolean;
  /** \w, \d, \s and \b know ASCII alone, as in a pattern for bytes. */
  readonly ascii?: boolean;
}

/** What belongs to each class, as it is written inside square brackets. */
interface Classes {
  readonly word: string;
  readonly blank: string;
  readonly digit: string;
}

type Escapes = Partial<Record<string, string>>;

/** Escapes whose meaning differs; JavaScript's \d and \w know ASCII alone. */
function escapes({ word, blank, digit }: Classes): Escapes {
  return {
    d: `[${digit}]`,
    D: `[^${digit}]`,
    w: `[${word}]`,
    W: `[^${word}]`,
    s: `[${blank}]`,
    S: `[^${blank}]`,
    b: `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`,
    B: `(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`,
    A: '(?<![\\s\\S])',
    Z: '(?![\\s\\S])',
    a: '\\x07',
  };
}

const UNICODE: Classes = {
  word: '\\p{L}\\p{N}\\p{M}_',
  blank: '\\t\\n\\r\\f\\v \\x1c-\\x1f\\x85\\p{Z}',
  digit: '\\p{Nd}',
};
const ASCII: Classes = { word: 'A-Za-z0-9_', blank: '\\t\\n\\r\\f\\v ', digit: '0-9' };

const ESCAPES = escapes(UNICODE);
const ASCII_ESCAPES = escapes(ASCII);

/** The same inside square brackets, where a set cannot be nested. */
const CLASS_ESCAPES: Escapes = {
  d: UNICODE.digit,
  D: '\\P{Nd}',
  w: UNICODE.word,
  W: '\\W',
  s: UNICODE.blank,
  S: '\\S',
  b: '\\x08',
  a: '\\x07',
};
const ASCII_CLASS_ESCAPES: Escapes = {
  ...CLASS_ESCAPES,
  d: ASCII.digit,
  D: '\\D',
  w: ASCII.word,
  s: ASCII.blank,
};

const KEPT = /^(?:[nrtfv]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|[1-9]\d?)/;
/** An octal number: after a zero, or three digits. */
const OCTAL = /^(?:0[0-7]{0,2}|[1-3][0-7]{2})/;
const QUANTIFIER = /^\{(\d*)(,?)(\d*)\}/;

const unicodeEscape = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

/** Reads a pattern of Python's `re` from left to right and writes JavaScript's, for the `u` flag. */
class Translator {
  private position = 0;
  private output = '';
  readonly options: { ignoreCase: boolean; multiline: boolean; dotAll: boolean; verbose: boolean };
  private readonly outside: Escapes;
  private readonly inside: Escapes;

  constructor(
    private readonly pattern: string,
    options: RegexOptions,
  ) {
    const { ignoreCase = false, multiline = false, dotAll = false, ascii = false } = options;
    this.outside = ascii ? ASCII_ESCAPES : ESCAPES;
    this.inside = ascii ? ASCII_CLASS_ESCAPES : CLASS_ESCAPES;
    this.options = { ignoreCase, multiline, dotAll, verbose: false };
  }

  run(): string {
    this.globalFlags();
    while (this.position < this.pattern.length) this.step();
    return this.output;
  }

  private get rest(): string {
    return this.pattern.slice(this.position);
  }

  private take(length: number, written: string): void {
    this.position += length;
    this.output += written;
  }

  private globalFlags(): void {
    for (
      let found = /^\(\?([aiLmsux]+)\)/.exec(this.rest);
      found !== null;
      found = /^\(\?([aiLmsux]+)\)/.exec(this.rest)
    ) {
      const [whole, flags = ''] = found;
      this.options.ignoreCase ||= flags.includes('i');
      this.options.multiline ||= flags.includes('m');
      this.options.dotAll ||= flags.includes('s');
      this.options.verbose ||= flags.includes('x');
      this.take(whole.length, '');
    }
  }

  private step(): void {
    const character = this.pattern.charAt(this.position);
    const rule = Object.hasOwn(this.rules, character) ? this.rules[character] : undefined;
    if (rule !== undefined) rule();
    else if (this.options.verbose && /\s/.test(character)) this.take(1, '');
    else if (this.options.verbose && character === '#')
      this.take(/^[^\n]*/.exec(this.rest)?.[0].length ?? 1, '');
    else this.take(1, character);
  }

  private readonly rules: Partial<Record<string, () => void>> = {
    '\\': () => {
      this.escape(this.outside);
    },
    '[': () => {
      this.set();
    },
    '(': () => {
      this.group();
    },
    '{': () => {
      this.braces();
    },
    '}': () => {
      this.take(1, '\\}');
    },
    ']': () => {
      this.take(1, '\\]');
    },
    '^': () => {
      this.take(1, this.options.multiline ? '(?<=\\n|^)' : '(?<![\\s\\S])');
    },
    $: () => {
      this.take(1, this.options.multiline ? '(?=\\n|$)' : '(?=\\n?$)');
    },
    '.': () => {
      this.take(1, this.options.dotAll ? '[\\s\\S]' : '[^\\n]');
    },
  };

  private escape(table: Escapes): void {
    const after = this.pattern.slice(this.position + 1);
    const next = after.charAt(0);
    if (next === '') throw new OperandError('bad escape (end of pattern)', 'double the last backslash');
    const known = Object.hasOwn(table, next) ? table[next] : undefined;
    const octal = OCTAL.exec(after)?.[0];
    const kept = KEPT.exec(after)?.[0];
    if (known !== undefined) this.take(2, known);
    else if (octal !== undefined) this.take(1 + octal.length, unicodeEscape(parseInt(octal, 8)));
    else if (kept !== undefined) this.take(1 + kept.length, `\\${kept}`);
    else if (/[a-zA-Z]/.test(next))
      throw new OperandError(`bad escape \\${next} in the pattern`, 'double the backslash');
    else this.literal(table === this.inside);
  }

  /** An escaped character that stands for itself; the `u` flag lets only some be escaped. */
  private literal(inSet: boolean): void {
    const [character = ''] = this.pattern.slice(this.position + 1);
    const escaped = inSet && /[-\]\\^]/.test(character) ? `\\${character}` : escapeRegExp(character);
    this.take(1 + character.length, escaped);
  }

  private set(): void {
    const opening = /^\[\^?\]?/.exec(this.rest)?.[0] ?? '[';
    this.take(opening.length, opening.replace(/\]$/, '\\]'));
    while (this.position < this.pattern.length) {
      const character = this.pattern.charAt(this.position);
      if (character === ']') {
        this.take(1, ']');
        return;
      }
      if (character === '\\') this.escape(this.inside);
      else this.setCharacter(character);
    }
    throw new OperandError('unterminated character set in the pattern', 'close it with ]');
  }

  /** A `-` beside a set such as \w, or at an end, is itself; elsewhere it makes a range. */
  private setCharacter(character: string): void {
    const before = this.pattern.slice(0, this.position);
    const isLiteral =
      character === '-' && (/\\[dDwWsS]$|\[\^?$/.test(before) || /^-(?:\]|\\[dDwWsS])/.test(this.rest));
    this.take(1, isLiteral || character === '[' ? `\\${character}` : character);
  }

  private group(): void {
    const comment = /^\(\?#[^)]*\)/.exec(this.rest);
    const back = /^\(\?P=(\w+)\)/.exec(this.rest);
    const named = /^\(\?P</.exec(this.rest);
    const unsupported = /^\(\?[>(]/.exec(this.rest);
    const opening = /^\((?:\?(?:[ims]*-?[ims]*:|=|!|<=|<!))?/.exec(this.rest)?.[0] ?? '(';
    if (unsupported !== null)
      throw new OperandError(
        `the pattern uses ${unsupported[0]}, which is not supported`,
        'use plain groups',
      );
    if (comment !== null) this.take(comment[0].length, '');
    else if (back !== null) this.take(back[0].length, `\\k<${back[1] ?? ''}>`);
    else if (named !== null) this.take(named[0].length, '(?<');
    else this.take(opening.length, opening);
    if (named !== null) this.take(this.rest.indexOf('>') + 1, this.rest.slice(0, this.rest.indexOf('>') + 1));
  }

  private braces(): void {
    const found = QUANTIFIER.exec(this.rest);
    const [whole = '', low = '', comma = '', high = ''] = found ?? [];
    if (found === null || (low === '' && high === '')) this.take(1, '\\{');
    else this.take(whole.length, `{${low === '' ? '0' : low}${comma}${high}}`);
  }
}

const cache = new Map<string, RegExp>();
const CACHE_SIZE = 500;

/**
 * A pattern of Python's `re` as a JavaScript RegExp (flags `dgu`, and `i`): named groups, \A \Z, inline
 * flags, Python's `^ $ . \d \w \b`. Throws OperandError for a pattern that is wrong or uses what JavaScript lacks.
 */
export function pythonRegex(pattern: string, options: RegexOptions = {}): RegExp {
  const key = JSON.stringify([pattern, options.ignoreCase, options.multiline, options.dotAll, options.ascii]);
  const known = cache.get(key);
  if (known !== undefined) {
    known.lastIndex = 0;
    return known;
  }
  const translator = new Translator(pattern, options);
  try {
    const source = translator.run();
    const regex = new RegExp(source, translator.options.ignoreCase ? 'dgui' : 'dgu');
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(key, regex);
    return regex;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new OperandError(`'${pattern}' is no regular expression: ${error.message}`, 'correct the pattern', {
      cause: error,
    });
  }
}
