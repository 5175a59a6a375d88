import { agree, type Answer, type Case } from './case.ts';
import type { Oracle } from './oracle.ts';
import { ours } from './ours.ts';
import { reductions, textOf, type Piece } from './piece.ts';

/** A case in which the engines differ. */
export interface Finding {
  readonly given: Case;
  readonly piece: Piece;
  readonly mine: Answer;
  readonly ansible: Answer;
}

/** Python is asked about this many smaller cases at once. */
const BATCH = 60;
const ROUNDS = 12;

/** The smallest case that still differs, as far as taking away one part at a time leads. */
export async function shrink(
  finding: Finding,
  oracle: Oracle,
  isKnown: (finding: Finding) => boolean,
): Promise<Finding> {
  let smallest = finding;
  for (let round = 0; round < ROUNDS; round++) {
    const pieces = reductions(smallest.piece)
      .sort((one, other) => textOf(one).length - textOf(other).length)
      .slice(0, BATCH);
    const cases = pieces.map((piece): Case => ({ ...smallest.given, template: textOf(piece) }));
    const answers = await oracle.answer(cases);
    const smaller = pieces.flatMap((piece, index): Finding[] => {
      const [given, ansible] = [cases[index], answers[index]];
      if (given === undefined || ansible === undefined) return [];
      const found = { given, piece, mine: ours(given), ansible };
      const isSameKind = found.mine.error === finding.mine.error && ansible.error === finding.ansible.error;
      return !isSameKind || agree(found.mine, ansible) || isKnown(found) ? [] : [found];
    })[0];
    if (smaller === undefined) break;
    smallest = smaller;
  }
  return smallest;
}
