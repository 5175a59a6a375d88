import { expect, test } from 'vitest';
import type { Connection, RemoteOutput, RemoteRequest } from '../../transport/transport.js';
import { inConvoy, type Piece } from './convoy.js';
import { Lane } from './lane.js';
import { Turn } from './turn.js';

/** A machine a round trip away: what arrives while it has not answered is answered with it. */
class FarMachine implements Connection {
  readonly ran: string[] = [];
  trips = 0;
  private waiting: { request: RemoteRequest; answer: (output: RemoteOutput) => void }[] = [];
  private lastEndedWell = false;

  constructor(private readonly statusOf: (script: string) => number = () => 0) {}

  run(request: RemoteRequest): Promise<RemoteOutput> {
    return new Promise((answer) => {
      this.waiting.push({ request, answer });
      if (this.waiting.length === 1) setImmediate(() => setImmediate(() => this.answerAll()));
    });
  }

  close(): void {
    this.waiting = [];
  }

  private answerAll(): void {
    this.trips++;
    for (const { request, answer } of this.waiting.splice(0)) {
      const nothing = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
      if (request.after === 'success' && !this.lastEndedWell) {
        answer({ rc: 0, ...nothing, skipped: true });
        continue;
      }
      this.ran.push(request.script);
      const rc = this.statusOf(request.script);
      this.lastEndedWell = rc === 0;
      answer({ rc, ...nothing });
    }
  }
}

interface Options {
  readonly mayFollow?: boolean;
  readonly mayLead?: boolean;
  /** What it does with its turn before it sends anything. */
  readonly before?: (turn: Turn) => void;
  readonly stopsOn?: number;
}

function piece(
  machine: FarMachine,
  script: string,
  settled: string[],
  { mayFollow = true, mayLead = true, before = () => undefined, stopsOn = -1 }: Options = {},
): Piece<number> {
  return {
    mayFollow,
    mayLead,
    async perform(turn) {
      before(turn);
      const request = { script, become: undefined, isolated: false };
      const output = await turn.send({ connection: machine, request, limits: { outputCapBytes: 1 } });
      return output.rc;
    },
    settle(rc) {
      settled.push(`${script} ${rc}`);
      return rc !== stopsOn;
    },
  };
}

test('pieces share one round trip and are settled in order', async () => {
  const machine = new FarMachine();
  const settled: string[] = [];

  await inConvoy(
    Turn.first(),
    ['a', 'b', 'c'].map((script) => piece(machine, script, settled)),
  );

  expect([machine.trips, machine.ran, settled]).toEqual([1, ['a', 'b', 'c'], ['a 0', 'b 0', 'c 0']]);
});

test('what stands behind a failure is not run, and begins again when it may go on', async () => {
  const machine = new FarMachine((script) => (script === 'b' ? 1 : 0));
  const settled: string[] = [];

  await inConvoy(
    Turn.first(),
    ['a', 'b', 'c', 'd'].map((script) => piece(machine, script, settled)),
  );

  expect(machine.ran).toEqual(['a', 'b', 'c', 'd']);
  expect([machine.trips, settled]).toEqual([2, ['a 0', 'b 1', 'c 0', 'd 0']]);
});

test('nothing comes after a piece that ends it all', async () => {
  const machine = new FarMachine((script) => (script === 'a' ? 1 : 0));
  const settled: string[] = [];

  await inConvoy(
    Turn.first(),
    ['a', 'b'].map((script) => piece(machine, script, settled, { stopsOn: 1 })),
  );

  expect([machine.ran, settled]).toEqual([['a'], ['a 1']]);
});

test('a piece that asks for what is not known yet waits for its turn, and runs once', async () => {
  const machine = new FarMachine();
  const settled: string[] = [];
  const waits = piece(machine, 'b', settled, { before: (turn) => turn.wait() });

  await inConvoy(Turn.first(), [piece(machine, 'a', settled), waits, piece(machine, 'c', settled)]);

  expect([machine.trips, machine.ran, settled]).toEqual([2, ['a', 'b', 'c'], ['a 0', 'b 0', 'c 0']]);
});

test('nothing is begun behind a piece that may not lead, nor ahead when it may not follow', async () => {
  for (const options of [{ mayLead: false }, { mayFollow: false }]) {
    const machine = new FarMachine();
    const settled: string[] = [];

    await inConvoy(
      Turn.first(),
      ['a', 'b'].map((script) => piece(machine, script, settled, options)),
    );

    expect([machine.trips, settled]).toEqual([2, ['a 0', 'b 0']]);
  }
});

test('a convoy inside a convoy shares the trip, and a failure inside holds back what is outside', async () => {
  for (const [broken, trips] of [
    ['', 1],
    ['2', 2],
  ] as const) {
    const machine = new FarMachine((script) => (script === broken ? 1 : 0));
    const settled: string[] = [];
    const loop: Piece<number> = {
      mayFollow: true,
      mayLead: true,
      async perform(turn) {
        await inConvoy(
          turn,
          ['1', '2', '3'].map((script) => piece(machine, script, settled)),
        );
        return 0;
      },
      settle: () => settled.push('loop') > 0,
    };

    await inConvoy(Turn.first(), [piece(machine, 'a', settled), loop, piece(machine, 'z', settled)]);

    const two = broken === '2' ? '2 1' : '2 0';
    expect(settled).toEqual(['a 0', '1 0', two, '3 0', 'loop', 'z 0']);
    expect(machine.ran).toEqual(['a', '1', '2', '3', 'z']);
    expect(machine.trips).toBeGreaterThanOrEqual(trips);
  }
});

test('what a piece says is heard in its turn', async () => {
  const machine = new FarMachine();
  const heard: string[] = [];
  const says = (name: string) =>
    piece(machine, name, [], { before: (turn) => turn.tell(() => heard.push(`${name} begins`)) });
  const pieces = ['a', 'b'].map((name) => ({
    ...says(name),
    settle: () => heard.push(`${name} ends`) > 0,
  }));

  await inConvoy(Turn.first(new Lane()), pieces);

  expect(heard).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('a piece that breaks ends the others and is told', async () => {
  const machine = new FarMachine();
  const breaks: Piece<number> = {
    mayFollow: true,
    mayLead: true,
    perform: () => Promise.reject(new Error('broken')),
    settle: () => true,
  };

  await expect(inConvoy(Turn.first(), [piece(machine, 'a', []), breaks])).rejects.toThrow('broken');
});

test('what a piece has said before it was found to be too early is not heard', async () => {
  const machine = new FarMachine();
  const heard: string[] = [];
  const early = (turn: Turn) => {
    turn.tell(() => heard.push(turn.isEarly ? 'too early' : 'in its turn'));
    turn.wait();
  };

  await inConvoy(Turn.first(), [piece(machine, 'a', []), piece(machine, 'b', [], { before: early })]);

  expect(heard).toEqual(['in its turn']);
});
