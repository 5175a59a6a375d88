import type { RemoteOutput } from '../../transport/transport.js';
import { Lane, type Shipment } from './lane.js';

/** A task that was begun ahead has to begin again in its turn: something in front of it came out otherwise. */
export class OvertakenError extends Error {
  constructor() {
    super('begun too early');
    this.name = 'OvertakenError';
  }
}

/** A promise that somebody else settles; nobody has to wait for it. */
class Signal {
  readonly promise: Promise<void>;
  give: () => void = () => undefined;
  refuse: (error: Error) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.give = resolve;
      this.refuse = reject;
    });
    this.promise.catch(() => undefined);
  }
}

/** The place of a task, or of one item of its loop, in the order of a host's work. */
export class Turn {
  /** Everything in front of it is settled. */
  isFront = false;
  /** When it was; what it is waited for before is the time of those in front. In ms since 1970. */
  frontSinceMs = 0;
  /** Its first request is sent, and it needs nothing more from those in front. */
  isOnItsWay = false;
  /** It has asked for something that is not known yet. */
  isEarly = false;
  /** Its module talks with the machine more than once: nothing may stand behind it. */
  isTalk = false;
  readonly epoch: number;
  private readonly front = new Signal();
  private readonly way = new Signal();
  private readonly untold: (() => void)[] = [];
  private hasSent = false;

  constructor(readonly lane: Lane) {
    this.epoch = lane.epoch;
  }

  /** One with nothing in front of it. */
  static first(lane = new Lane()): Turn {
    const turn = new Turn(lane);
    turn.comeToFront();
    return turn;
  }

  /** Resolves when everything in front is settled; rejects with OvertakenError when it is in vain. */
  get atFront(): Promise<void> {
    return this.front.promise;
  }

  /** Resolves when others may be begun behind it. */
  get onItsWay(): Promise<void> {
    return this.way.promise;
  }

  comeToFront(): void {
    this.isFront = true;
    this.frontSinceMs = Date.now();
    const said = this.untold.splice(0);
    // What was begun too early has said nothing.
    if (!this.isEarly) for (const say of said) say();
    this.front.give();
  }

  /** What is in front of it has ended all. */
  giveUp(): void {
    this.front.refuse(new OvertakenError());
  }

  goOnItsWay(): void {
    this.isOnItsWay = true;
    this.way.give();
  }

  /** Says something in its turn. */
  tell(say: () => void): void {
    if (this.isFront) say();
    else this.untold.push(say);
  }

  /** Something is asked for that is only known when those in front have ended. Throws OvertakenError unless they have. */
  wait(): void {
    if (this.isFront) return;
    this.isEarly = true;
    throw new OvertakenError();
  }

  /** Sends a request in the right order. Rejects as Connection.run, and with OvertakenError. */
  async send(shipment: Shipment): Promise<RemoteOutput> {
    if (this.isEarly) throw new OvertakenError();
    const isFirst = !this.hasSent;
    this.hasSent = true;
    if (!isFirst) await this.atFront;
    if (this.isFront) {
      const answer = this.lane.send(shipment, undefined);
      if (isFirst && !this.isTalk) this.goOnItsWay();
      return answer;
    }
    if (!this.lane.canFollow(shipment)) throw new OvertakenError();
    const answer = this.lane.send(shipment, 'success');
    this.goOnItsWay();
    const output = await answer;
    if (output.skipped === true) throw new OvertakenError();
    await this.atFront;
    return output;
  }
}
