import { OvertakenError, Turn } from './turn.js';

/** A part of a host's work: a task, or an item of a loop. */
export interface Piece<R> {
  /** It may be begun while others in front of it are under way. */
  readonly mayFollow: boolean;
  /** Others may be begun behind it. */
  readonly mayLead: boolean;
  /** Rejects with OvertakenError when it was begun too early. */
  perform(turn: Turn): Promise<R>;
  /** Called in the order of the pieces. False when nothing may come after it. */
  settle(result: R): boolean;
}

type Outcome<R> = { readonly result: R } | { readonly overtaken: true } | { readonly error: unknown };

interface Begun<R> {
  readonly piece: Piece<R>;
  readonly turn: Turn;
  readonly ended: Promise<Outcome<R>>;
  isOvertaken: boolean;
}

/** Most pieces under way at once: what is begun in vain is lost work. */
const DEPTH = 16;

async function outcomeOf<R>(piece: Piece<R>, turn: Turn): Promise<Outcome<R>> {
  try {
    const result = await piece.perform(turn);
    return turn.isEarly ? { overtaken: true } : { result };
  } catch (error) {
    return turn.isEarly || error instanceof OvertakenError ? { overtaken: true } : { error };
  }
}

/** Pieces of work in order, of which several may be under way. */
class Convoy<R> {
  private readonly under: Begun<R>[] = [];
  private next = 0;

  constructor(
    private readonly parent: Turn,
    private readonly pieces: readonly Piece<R>[],
  ) {}

  async go(): Promise<void> {
    try {
      while (this.under.length > 0 || this.next < this.pieces.length) {
        if (this.mayBegin()) this.begin();
        else if (!(await this.advance())) return;
      }
    } finally {
      await this.abandon();
    }
  }

  private mayBegin(): boolean {
    const piece = this.pieces[this.next];
    const last = this.under.at(-1);
    if (piece === undefined) return false;
    if (last === undefined) return true;
    const { lane } = this.parent;
    return (
      piece.mayFollow &&
      this.under.length < DEPTH &&
      last.turn.isOnItsWay &&
      this.under.every((each) => each.piece.mayLead && !each.isOvertaken && each.turn.epoch === lane.epoch)
    );
  }

  private begin(): void {
    const piece = this.pieces[this.next++];
    if (piece === undefined) return;
    if (this.under.length === 0 && this.parent.isFront) this.parent.lane.beginAnew();
    const turn = new Turn(this.parent.lane);
    if (this.under.length === 0) this.leadOff(turn);
    this.under.push(this.start(piece, turn));
  }

  private start(piece: Piece<R>, turn: Turn): Begun<R> {
    const ended = outcomeOf(piece, turn);
    const begun: Begun<R> = { piece, turn, ended, isOvertaken: false };
    void ended.then((outcome) => {
      begun.isOvertaken = 'overtaken' in outcome;
      // What needed no machine is as good as on its way.
      turn.goOnItsWay();
    });
    return begun;
  }

  /** The first of those under way comes to the front when everything around them has. */
  private leadOff(turn: Turn | undefined): void {
    if (turn === undefined) return;
    if (this.parent.isFront) turn.comeToFront();
    else
      this.parent.atFront.then(
        () => turn.comeToFront(),
        () => turn.giveUp(),
      );
  }

  /** Waits until there is something to do. False when nothing may come any more. */
  private async advance(): Promise<boolean> {
    const [head] = this.under;
    const last = this.under.at(-1);
    if (head === undefined || last === undefined) return true;
    const isWhole = this.next === this.pieces.length && this.under.every((each) => !each.isOvertaken);
    if (isWhole && last.turn.isOnItsWay) this.parent.goOnItsWay();
    if (!last.turn.isOnItsWay) {
      const first = await Promise.race([
        last.turn.onItsWay.then(() => 'way' as const),
        head.ended.then(() => 'end' as const),
      ]);
      if (first === 'way') return true;
    }
    const outcome = await head.ended;
    await this.parent.atFront;
    return this.settle(head, outcome);
  }

  private async settle(head: Begun<R>, outcome: Outcome<R>): Promise<boolean> {
    if ('error' in outcome) throw outcome.error;
    if ('overtaken' in outcome) {
      await this.beginAgain(head);
      return true;
    }
    this.under.shift();
    const goesOn = head.piece.settle(outcome.result);
    if (goesOn) this.leadOff(this.under[0]?.turn);
    return goesOn;
  }

  /** Does a piece in its turn that was begun too early, and after it those that stand behind it. */
  private async beginAgain(head: Begun<R>): Promise<void> {
    this.next -= this.under.length;
    await this.abandon();
    this.parent.lane.beginAnew();
    this.next++;
    this.under.push(this.start(head.piece, Turn.first(this.parent.lane)));
  }

  /** Gives up what is under way and waits for its end. */
  private async abandon(): Promise<void> {
    const given = this.under.splice(0);
    for (const { turn } of given) if (!turn.isFront) turn.giveUp();
    await Promise.all(given.map((each) => each.ended));
  }
}

/**
 * Does pieces of a host's work in order. While one is under way the next are begun already, and their requests travel with it;
 * a piece that has been begun too early begins again. Rejects with what a piece rejects with.
 */
export async function inConvoy<R>(parent: Turn, pieces: readonly Piece<R>[]): Promise<void> {
  await new Convoy(parent, pieces).go();
}
