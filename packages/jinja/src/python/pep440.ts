import { OperandError } from '../errors.js';

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d+)?)?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?([-_.]?dev[-_.]?(\d+)?)?(?:\+([a-z\d]+(?:[-_.][a-z\d]+)*))?$/i;
const PHASES: Partial<Record<string, number>> = {
  a: 0,
  alpha: 0,
  b: 1,
  beta: 1,
  c: 2,
  rc: 2,
  pre: 2,
  preview: 2,
};

interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** Phase and number of a pre-release; a development version without one is before all of them. */
  readonly pre: readonly [number, number];
  readonly post: number;
  readonly dev: number;
  readonly local: readonly string[];
}

const RELEASED = [3, 0] as const;
const numberOf = (text: string | undefined): number => (text === undefined || text === '' ? 0 : Number(text));

function read(text: string): Version {
  const found = VERSION.exec(text.trim());
  if (found?.[2] === undefined)
    throw new OperandError(
      `Version comparison failed: Invalid version: '${text}'`,
      'write it as PEP 440 says',
    );
  const [, epoch, release, phase, preNumber, dashPost, post, dev, devNumber, local] = found;
  const isPost = dashPost !== undefined || post !== undefined;
  const isDev = dev !== undefined;
  const known = phase === undefined ? undefined : PHASES[phase.toLowerCase()];
  const unphased = isDev && !isPost ? ([-1, 0] as const) : RELEASED;
  return {
    epoch: numberOf(epoch),
    release: release
      .replace(/(?:\.0+)+$/, '')
      .split('.')
      .map(Number),
    pre: known === undefined ? unphased : [known, numberOf(preNumber)],
    post: isPost ? numberOf(dashPost ?? post) : -1,
    dev: isDev ? numberOf(devNumber) : Infinity,
    local: local === undefined ? [] : local.toLowerCase().split(/[-_.]/),
  };
}

function orderNumbers(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [a, b] = [left[index] ?? -Infinity, right[index] ?? -Infinity];
    if (a !== b) return a - b;
  }
  return 0;
}

/** Numbers are above words, and a longer one is above its beginning. */
const localKeys = (parts: readonly string[]): [number, string][] =>
  parts.map((part) => (/^\d+$/.test(part) ? [Number(part), ''] : [-1, part]));

function orderLocal(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [localKeys(left), localKeys(right)];
  for (const [index, [number, word]] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (number !== other[0]) return number - other[0];
    if (word !== other[1]) return word < other[1] ? -1 : 1;
  }
  return a.length - b.length;
}

/** Negative, zero or positive as two versions of PEP 440 stand to each other. Throws OperandError for others. */
export function pep440Order(left: string, right: string): number {
  const [a, b] = [read(left), read(right)];
  return (
    a.epoch - b.epoch ||
    orderNumbers(a.release, b.release) ||
    orderNumbers(a.pre, b.pre) ||
    a.post - b.post ||
    (a.dev === b.dev ? 0 : a.dev - b.dev) ||
    orderLocal(a.local, b.local)
  );
}
