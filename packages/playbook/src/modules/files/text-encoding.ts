import { isUtf8 } from 'node:buffer';
import { ModuleError } from '../module.js';

const ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'UTF-8': 'utf8',
  ascii: 'utf8',
  'us-ascii': 'utf8',
  latin1: 'latin1',
  'latin-1': 'latin1',
  'iso-8859-1': 'latin1',
  'ISO-8859-1': 'latin1',
  'utf-16-le': 'utf16le',
  'utf-16le': 'utf16le',
};

/** The encodings that a text on a machine may have, by the names that Python gives them. */
export const TEXT_ENCODINGS: readonly string[] = Object.keys(ENCODINGS);

/** Where Python's `surrogateescape` puts a byte that is no UTF-8: a lone surrogate, which no real text has. */
const ESCAPE = 0xdc00;
const LONE_ESCAPES = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

function escapeBytes(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const character = bytes.subarray(at, at + length);
    if (character.length === length && isUtf8(character)) {
      text += character.toString();
      at += length;
    } else {
      text += String.fromCharCode(ESCAPE + first);
      at++;
    }
  }
  return text;
}

function encodingOf(name: string): BufferEncoding {
  const encoding = ENCODINGS[name];
  if (encoding !== undefined) return encoding;
  throw new ModuleError(`unknown encoding: ${name}; use one of ${TEXT_ENCODINGS.join(', ')}`);
}

/** Bytes as text; a byte that is no UTF-8 comes back as it was in encodeText (Python's `surrogateescape`). */
export function decodeText(bytes: Buffer, name: string): string {
  const encoding = encodingOf(name);
  return encoding !== 'utf8' || isUtf8(bytes) ? bytes.toString(encoding) : escapeBytes(bytes);
}

/** The bytes of a text. Throws ModuleError when the encoding has no such character. */
export function encodeText(text: string, name: string): Buffer {
  const encoding = encodingOf(name);
  const last = /ascii/.test(name) ? 0x7f : encoding === 'latin1' ? 0xff : undefined;
  const missing =
    last === undefined ? undefined : Array.from(text).find((each) => (each.codePointAt(0) ?? 0) > last);
  if (missing !== undefined)
    throw new ModuleError(`'${name}' codec can't encode character ${JSON.stringify(missing)}`);
  if (encoding !== 'utf8' || !LONE_ESCAPES.test(text)) return Buffer.from(text, encoding);
  const pieces = text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/);
  return Buffer.concat(
    pieces.map((piece, index) =>
      index % 2 === 1 ? Buffer.from([piece.charCodeAt(0) - ESCAPE]) : Buffer.from(piece),
    ),
  );
}
