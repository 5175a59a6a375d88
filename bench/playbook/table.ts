/** A line of the table. */
export interface Row {
  readonly name: string;
  readonly text: string;
  readonly goal: string;
  readonly isMet: boolean;
}

const seconds = (value: number) => `${value.toFixed(3)} s`;

/** A comparison in which the ratio counts. */
export function row({
  name,
  ansible,
  tenon,
  goal,
}: {
  name: string;
  ansible: number;
  tenon: number;
  goal: number;
}): Row {
  const ratio = ansible / tenon;
  return {
    name,
    text: `ansible ${seconds(ansible)}  tenon ${seconds(tenon)}  ${ratio.toFixed(1)}x`,
    goal: `>= ${goal}x`,
    isMet: ratio >= goal,
  };
}

/** A time that must be near a bound that was worked out. */
export function boundRow({
  name,
  bound,
  tenon,
  goal,
}: {
  name: string;
  bound: number;
  tenon: number;
  goal: number;
}): Row {
  const ratio = tenon / bound;
  return {
    name,
    text: `bound ${seconds(bound)}  tenon ${seconds(tenon)}  ${ratio.toFixed(2)}x`,
    goal: `<= ${goal}x`,
    isMet: ratio <= goal,
  };
}

export function printRow({ name, text, goal, isMet }: Row): void {
  process.stdout.write(`${isMet ? 'good ' : 'SHORT'} ${name.padEnd(44)} ${text.padEnd(52)} goal ${goal}\n`);
}
