/** A piece of a text. A tainted piece came from somebody who must not be able to give orders (a tenant, a target). */
export interface Span {
  readonly text: string;
  readonly tainted: boolean;
}

/**
 * A string of which some pieces are tainted, or which must stay a string (`native`).
 *
 * Invariant: neighbouring spans differ in `tainted`. A tainted span may be empty: whoever quotes
 * tainted pieces (a shell line) has to see an empty one too.
 */
export class Text {
  readonly value: string;

  constructor(
    readonly spans: readonly Span[],
    /** Set by `to_json`, `string` and the like: never read back as a list or a dictionary. */
    readonly native = false,
  ) {
    this.value = spans.map((span) => span.text).join('');
  }

  toString(): string {
    return this.value;
  }
}

/** A Python `str`: a trusted JavaScript string, or a Text. */
export type Str = string | Text;

export function isStr(value: unknown): value is Str {
  return typeof value === 'string' || value instanceof Text;
}

/** The characters alone. What is done with them no longer knows about taint. */
export function plain(text: Str): string {
  return typeof text === 'string' ? text : text.value;
}

/** The whole string as one tainted piece. */
export function tainted(text: string): Text {
  return new Text([{ text, tainted: true }]);
}

export function hasTaint(text: Str): boolean {
  return typeof text !== 'string' && text.spans.some((span) => span.tainted);
}

/** The pieces of a text in order; a trusted string is one piece. */
export function spansOf(text: Str): readonly Span[] {
  if (typeof text !== 'string') return text.spans;
  return text === '' ? [] : [{ text, tainted: false }];
}

/** A text that is never literal-evaluated, whatever it looks like (Ansible: NativeJinjaText). */
export function nativeText(text: Str): Text {
  return new Text(spansOf(text), true);
}

/** The same characters as an ordinary text: what a method gives of a native one is read back again. */
export function notNative(text: Str): Str {
  return typeof text !== 'string' && text.native ? fromSpans(text.spans) : text;
}

function append(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last?.tainted === span.tainted) {
    spans[spans.length - 1] = { text: last.text + span.text, tainted: span.tainted };
  } else if (span.text !== '' || span.tainted) {
    spans.push(span);
  }
}

/** The spans as the simplest value: a JavaScript string when nothing in them is tainted. */
export function fromSpans(pieces: Iterable<Span>): Str {
  const spans: Span[] = [];
  for (const piece of pieces) append(spans, piece);
  if (spans.some((span) => span.tainted)) return new Text(spans);
  return spans.map((span) => span.text).join('');
}

/** Joins texts end to end; every piece keeps its taint. */
export function concat(parts: readonly Str[], separator: Str = ''): Str {
  if (typeof separator === 'string' && parts.every((part) => typeof part === 'string')) {
    return parts.join(separator);
  }
  return fromSpans(
    parts.flatMap((part, index) => [...(index > 0 ? spansOf(separator) : []), ...spansOf(part)]),
  );
}

/** The UTF-16 units from `start` to `end`, with their taint. */
export function slice(text: Str, start: number, end?: number): Str {
  if (typeof text === 'string') return text.slice(start, end);
  const stop = Math.min(end ?? text.value.length, text.value.length);
  if (stop <= start) return hasTaint(text) ? tainted('') : '';
  const pieces: Span[] = [];
  let offset = 0;
  for (const span of text.spans) {
    const piece = span.text.slice(Math.max(0, start - offset), Math.max(0, stop - offset));
    if (piece !== '') pieces.push({ text: piece, tainted: span.tainted });
    offset += span.text.length;
  }
  return fromSpans(pieces);
}

/**
 * `slice` for pieces that follow one another: `start` must not go back. It walks over the spans once, where
 * slicing anew for every piece would walk over all of them each time.
 */
export function slicer(text: Str): (start: number, end?: number) => Str {
  if (typeof text === 'string') return (start, end) => text.slice(start, end);
  const nothing = hasTaint(text) ? tainted('') : '';
  let [first, offset] = [0, 0];
  return (start, end = text.value.length) => {
    for (let span = text.spans[first]; span !== undefined && offset + span.text.length <= start;) {
      offset += span.text.length;
      first += 1;
      span = text.spans[first];
    }
    const pieces: Span[] = [];
    let at = offset;
    for (let index = first; at < end; index++) {
      const span = text.spans[index];
      if (span === undefined) break;
      const piece = span.text.slice(Math.max(0, start - at), end - at);
      if (piece !== '') pieces.push({ text: piece, tainted: span.tainted });
      at += span.text.length;
    }
    return pieces.length === 0 ? nothing : fromSpans(pieces);
  };
}

/**
 * Changes a text by a function of its characters. The spans are kept when changing piece by piece gives
 * the same as changing the whole; otherwise the whole result is tainted.
 */
export function mapText(text: Str, change: (characters: string) => string): Str {
  if (typeof text === 'string') return change(text);
  const whole = change(text.value);
  const pieces = text.spans.map((span) => ({ text: change(span.text), tainted: span.tainted }));
  if (pieces.map((piece) => piece.text).join('') === whole) return fromSpans(pieces);
  return hasTaint(text) ? tainted(whole) : whole;
}

/** `result`, wholly tainted when any of the texts it was made from has taint. */
export function carryTaint(result: string, ...from: readonly Str[]): Str {
  return from.some(hasTaint) ? tainted(result) : result;
}
