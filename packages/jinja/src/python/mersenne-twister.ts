import { createHash } from 'node:crypto';
import { OperandError } from '../errors.js';
import { isStr, plain } from '../text.js';
import { PyFloat, type Value } from '../values.js';
import { asInt } from './numbers.js';
import { typeName } from './type-name.js';

const SIZE = 624;
const SHIFT = 397;

const PRIME = 2n ** 61n - 1n;

/** Python's hash of a float from 0: the fraction it is, modulo a prime. */
function hashOfFloat(value: number): bigint {
  let [whole, halvings] = [value, 0n];
  for (; !Number.isInteger(whole); whole *= 2) halvings += 1n;
  // Half of 1 is 2 ** 60 modulo this prime.
  return (BigInt(whole) * 2n ** ((60n * halvings) % 61n)) % PRIME;
}

/** The number that Python's `random.seed` (version 2) makes of a seed. */
function seedNumber(seed: Value): bigint {
  const int = asInt(seed);
  if (int !== undefined) return BigInt(int) < 0n ? -BigInt(int) : BigInt(int);
  if (isStr(seed)) {
    const bytes = Buffer.from(plain(seed));
    const whole = Buffer.concat([bytes, createHash('sha512').update(bytes).digest()]);
    return BigInt(`0x${whole.toString('hex')}`);
  }
  if (seed instanceof PyFloat && Number.isFinite(seed.value)) return hashOfFloat(Math.abs(seed.value));
  throw new OperandError(`cannot use ${typeName(seed)} as a seed`, 'give a text or an int');
}

function words(number: bigint): number[] {
  const found: number[] = [];
  for (let rest = number; rest > 0n; rest >>= 32n) found.push(Number(rest & 0xffffffffn));
  return found.length === 0 ? [0] : found;
}

/** Python's `random.Random(seed)`: the same choices as a playbook gets from Ansible (MT19937, Matsumoto and Nishimura 1998). */
export class MersenneTwister {
  private readonly state = new Uint32Array(SIZE);
  private index = SIZE;

  /** Throws OperandError for a seed that is neither a text nor a number. */
  constructor(seed: Value) {
    this.fill(19650218);
    this.mix(words(seedNumber(seed)));
  }

  private at(index: number): number {
    return this.state[index] ?? 0;
  }

  private fill(seed: number): void {
    this.state[0] = seed;
    for (let index = 1; index < SIZE; index++) {
      const last = this.at(index - 1);
      this.state[index] = Math.imul(1812433253, last ^ (last >>> 30)) + index;
    }
  }

  private mix(key: readonly number[]): void {
    let index = 1;
    const step = (factor: number, added: number): void => {
      const last = this.at(index - 1);
      this.state[index] = (this.at(index) ^ Math.imul(last ^ (last >>> 30), factor)) + added;
      index += 1;
      if (index < SIZE) return;
      this.state[0] = this.at(SIZE - 1);
      index = 1;
    };
    for (let count = Math.max(SIZE, key.length), at = 0; count > 0; count--, at = (at + 1) % key.length)
      step(1664525, (key[at] ?? 0) + at);
    for (let count = SIZE - 1; count > 0; count--) step(1566083941, -index);
    this.state[0] = 0x80000000;
  }

  private twist(): void {
    for (let index = 0; index < SIZE; index++) {
      const joined = (this.at(index) & 0x80000000) | (this.at((index + 1) % SIZE) & 0x7fffffff);
      this.state[index] =
        this.at((index + SHIFT) % SIZE) ^ (joined >>> 1) ^ ((joined & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.index = 0;
  }

  private word(): number {
    if (this.index >= SIZE) this.twist();
    let word = this.at(this.index++);
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  private bits(count: number): bigint {
    let bits = 0n;
    for (let taken = 0; taken < count; taken += 32) {
      const missing = count - taken;
      const word = missing < 32 ? this.word() >>> (32 - missing) : this.word();
      bits |= BigInt(word) << BigInt(taken);
    }
    return bits;
  }

  /** A whole number from 0 up to, not including, `below`. */
  below(below: bigint): bigint {
    const count = below.toString(2).length;
    let found = this.bits(count);
    while (found >= below) found = this.bits(count);
    return found;
  }
}
