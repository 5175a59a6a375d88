/** A part of a template: text, and smaller parts that stand for values or statements. */
export interface Piece {
  readonly parts: readonly (string | Piece)[];
  /** What it may be replaced by: another piece of the same kind of place. */
  readonly kind: 'expression' | 'body' | 'fixed';
}

/** The template that a piece stands for. */
export function textOf(piece: Piece): string {
  return piece.parts.map((part) => (typeof part === 'string' ? part : textOf(part))).join('');
}

const SIMPLE: Readonly<Record<Piece['kind'], readonly string[]>> = {
  expression: ['1', "'a'", '[]'],
  body: [''],
  fixed: [],
};

function replacements(piece: Piece): Piece[] {
  const inner = piece.parts.filter((part): part is Piece => typeof part !== 'string');
  const deeper = inner.flatMap((part) => (part.kind === piece.kind ? [part] : part.parts.filter(isPiece)));
  const own = textOf(piece);
  const simple = SIMPLE[piece.kind]
    .filter((text) => text.length < own.length)
    .map((text): Piece => ({ kind: piece.kind, parts: [text] }));
  return [...deeper.filter((part) => part.kind === piece.kind), ...simple];
}

function isPiece(part: string | Piece): part is Piece {
  return typeof part !== 'string';
}

/** Every piece that differs from this one by one smaller part. */
export function reductions(piece: Piece): Piece[] {
  const below = piece.parts.flatMap((part, index) => {
    if (typeof part === 'string') return [];
    return reductions(part).map((smaller): Piece => ({
      ...piece,
      parts: piece.parts.map((each, at) => (at === index ? smaller : each)),
    }));
  });
  return [...replacements(piece), ...below];
}
