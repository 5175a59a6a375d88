import { BODIES, grammar } from './grammar/grammar.ts';
import type { Piece } from './piece.ts';
import type { Random } from './random.ts';

const SLOT = /<([a-z][a-z0-9]+)>/;
/** What a filter, test or operator would bind to differently without brackets. */
const LOOSE = /[\s|~+*/%<>=-]/;
/** How often a value is of another sort than the place asks for: mistakes are half of what is compared. */
const WRONG_SORT = 0.04;
const MAY_BE_WRONG = new Set(['int', 'num', 'str', 'list', 'dict', 'bool', 'float', 'strs', 'nums', 'users']);

function withBrackets(piece: Piece, rule: string, sort: string, random: Random): Piece {
  if (piece.kind !== 'expression' || BODIES.has(sort) || sort === 'slice' || sort === 'text') return piece;
  const first = piece.parts[0];
  const isAtom =
    piece.parts.length === 1 && typeof first === 'string' && !LOOSE.test(first.replace(/^["'].*["']$/s, ''));
  // Without brackets the engines must agree about what binds to what.
  if (isAtom || rule === `<${sort}>` || random.chance(0.12)) return piece;
  return { kind: 'expression', parts: ['(', piece, ')'] };
}

/** A random piece of a sort; `depth` limits how deep it nests. Throws for a sort without rules. */
export function generate(random: Random, sort: string, depth: number): Piece {
  const rules = grammar[sort];
  if (rules === undefined) throw new Error(`cannot generate <${sort}>: the grammar has no such sort`);
  const isLeaf = depth <= 0 || (sort !== 'template' && random.chance(0.3));
  const rule = random.pick(isLeaf ? rules.leaves : rules.rules);
  const kind = BODIES.has(sort) ? 'body' : sort === 'text' || sort === 'slice' ? 'fixed' : 'expression';
  const parts = rule.split(SLOT).map((part, index) => {
    if (index % 2 === 0) return part;
    const given =
      grammar[part] !== undefined && MAY_BE_WRONG.has(part) && random.chance(WRONG_SORT) ? 'any' : part;
    return withBrackets(generate(random, given, depth - 1), rule, given, random);
  });
  return { kind, parts: parts.filter((part) => part !== '') };
}
