import { createHash } from 'node:crypto';
import { OperandError } from '../errors.js';
import { characters, text } from '../python/convert.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, plain } from '../text.js';
import type { Value } from '../values.js';

/** Python's names of what OpenSSL has, and OpenSSL's. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map((name) => [name, name] as const),
  ...['224', '256', '384', '512'].map((size) => [`sha3_${size}`, `sha3-${size}`] as const),
  ['blake2b', 'blake2b512'],
  ['blake2s', 'blake2s256'],
]);

function digest(input: Value, algorithm: string): Value {
  const name = ALGORITHMS.get(algorithm);
  if (name === undefined)
    throw new OperandError(
      `there is no hash '${algorithm}'`,
      `use one of ${[...ALGORITHMS.keys()].join(', ')}`,
    );
  const source = text(input);
  return carryTaint(createHash(name).update(plain(source)).digest('hex'), source);
}

const hash: Operation = define(['hashtype'], (input, [type = 'sha1']) => digest(input, characters(type)));

const ANSIBLE_NAMESPACE = '361e6d51-faec-444a-9079-341386da8e2e';

/** A name-based UUID of version 5 (RFC 4122). */
function uuid5(namespace: string, name: string): string {
  const space = namespace.replaceAll('-', '');
  if (!/^[\da-f]{32}$/i.test(space))
    throw new OperandError(`'${namespace}' is no UUID namespace`, 'give a UUID');
  const bytes = createHash('sha1').update(Buffer.from(space, 'hex')).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Python's lenient reading: foreign characters are left out, but what remains must be whole. */
function decodeBase64(source: string): Buffer {
  let [data, padding] = ['', 0];
  for (const each of source) {
    if (each === '=') {
      if (data.length % 4 < 2) continue;
      padding += 1;
      if ((data.length % 4) + padding >= 4) return Buffer.from(data, 'base64');
    } else if (/[A-Za-z\d+/]/.test(each)) {
      data += each;
      padding = 0;
    }
  }
  if (data.length % 4 === 1)
    throw new OperandError(
      `Invalid base64-encoded string: number of data characters (${data.length}) cannot be 1 more than a multiple of 4`,
    );
  if (data.length % 4 !== 0) throw new OperandError('Incorrect padding', 'give whole base64');
  return Buffer.from(data, 'base64');
}

/** Filters that encode or digest; their results are tainted as a whole. */
export const encodingFilters: Record<string, Operation> = {
  b64decode: define(['encoding'], (input) => {
    const source = text(input);
    return carryTaint(decodeBase64(plain(source)).toString('utf8'), source);
  }),
  b64encode: define(['encoding'], (input) => {
    const source = text(input);
    return carryTaint(Buffer.from(plain(source), 'utf8').toString('base64'), source);
  }),
  checksum: define([], (input) => digest(input, 'sha1')),
  hash,
  to_uuid: define(['namespace'], (input, [namespace = ANSIBLE_NAMESPACE]) => {
    const source = text(input);
    return carryTaint(uuid5(characters(namespace), plain(source)), source);
  }),
  md5: define([], (input) => digest(input, 'md5')),
  sha1: define([], (input) => digest(input, 'sha1')),
};
