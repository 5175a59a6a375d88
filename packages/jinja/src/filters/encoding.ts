import { createHash } from 'node:crypto';
import { OperandError } from '../errors.js';
import { characters, text } from '../python/convert.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, plain } from '../text.js';
import type { Value } from '../values.js';

const ALGORITHMS = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']);

function digest(input: Value, algorithm: string): Value {
  if (!ALGORITHMS.has(algorithm))
    throw new OperandError(`there is no hash '${algorithm}'`, `use one of ${[...ALGORITHMS].join(', ')}`);
  const source = text(input);
  return carryTaint(createHash(algorithm).update(plain(source)).digest('hex'), source);
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

/** Filters that encode or digest; their results are tainted as a whole. */
export const encodingFilters: Record<string, Operation> = {
  b64decode: define(['encoding'], (input) => {
    const source = text(input);
    return carryTaint(Buffer.from(plain(source), 'base64').toString('utf8'), source);
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
