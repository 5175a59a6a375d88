import { OperandError } from '../errors.js';
import { pep440Order } from './pep440.js';

type Part = number | string;
type Order = (left: readonly Part[], right: readonly Part[]) => number;

const asPart = (text: string): Part => (/^\d+$/.test(text) ? Number(text) : text);

function comparePart(left: Part, right: Part): number {
  if (typeof left !== typeof right) {
    throw new OperandError(
      `Version comparison failed: cannot order '${left}' and '${right}'`,
      'compare versions of one form',
    );
  }
  return left < right ? -1 : Number(left > right);
}

/** Part by part; of two with the same beginning the shorter one is smaller. */
const orderParts: Order = (left, right) => {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    const found = other === undefined ? 1 : comparePart(part, other);
    if (found !== 0) return found;
  }
  return left.length - right.length;
};

/** Python's LooseVersion: numbers, runs of letters, and what stands between them except dots. */
function looseOrder(left: string, right: string): number {
  const parts = (version: string): Part[] =>
    version
      .split(/(\d+|[a-z]+|\.)/)
      .filter((part) => part !== '' && part !== '.')
      .map(asPart);
  return orderParts(parts(left), parts(right));
}

const STRICT = /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/;

/** Python's StrictVersion: 1.2, 1.2.3, and alphas and betas of them. */
function strictOrder(left: string, right: string): number {
  const [a, b] = [left, right].map((version): Part[] => {
    const [, major, minor, patch = '0', phase = 'c', number = '0'] = STRICT.exec(version) ?? [];
    if (major === undefined || minor === undefined)
      throw new OperandError(
        `Version comparison failed: invalid version number '${version}'`,
        'write it as 1.2.3',
      );
    return [Number(major), Number(minor), Number(patch), phase, Number(number)];
  });
  return orderParts(a ?? [], b ?? []);
}

/** Of pre-release parts, numbers are smaller than words (semver.org, item 11). */
const orderPreRelease: Order = (left, right) => {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (typeof part !== typeof other) return typeof part === 'number' ? -1 : 1;
    const found = comparePart(part, other);
    if (found !== 0) return found;
  }
  return left.length - right.length;
};

const SEMANTIC = /^(\d+)\.(\d+)\.(\d+)(?:-([\da-zA-Z.-]+))?(?:\+[\da-zA-Z.-]+)?$/;

function semanticOrder(left: string, right: string): number {
  const read = (version: string) => {
    const [, major, minor, patch, pre] = SEMANTIC.exec(version) ?? [];
    if (major === undefined)
      throw new OperandError(`'${version}' is no semantic version`, 'write it as 1.2.3');
    return { core: [Number(major), Number(minor), Number(patch)], pre: pre?.split('.').map(asPart) };
  };
  const [a, b] = [read(left), read(right)];
  const core = orderParts(a.core, b.core);
  if (core !== 0 || (a.pre === undefined && b.pre === undefined)) return core;
  // A pre-release comes before its release.
  if (a.pre === undefined || b.pre === undefined) return a.pre === undefined ? 1 : -1;
  return orderPreRelease(a.pre, b.pre);
}

const TYPES: Partial<Record<string, (left: string, right: string) => number>> = {
  loose: looseOrder,
  strict: strictOrder,
  pep440: pep440Order,
  semver: semanticOrder,
  semantic: semanticOrder,
};

const TESTS: readonly (readonly [string, (order: number) => boolean])[] = [
  ['== = eq', (order) => order === 0],
  ['!= <> ne', (order) => order !== 0],
  ['< lt', (order) => order < 0],
  ['<= le', (order) => order <= 0],
  ['> gt', (order) => order > 0],
  ['>= ge', (order) => order >= 0],
];

/** Ansible's `version` test. Throws OperandError for an unknown operator or type, and for an empty version. */
export function compareVersions(
  left: string,
  right: string,
  how: { operator: string; type: string },
): boolean {
  const test = TESTS.find(([names]) => names.split(' ').includes(how.operator))?.[1];
  if (test === undefined)
    throw new OperandError(`Invalid operator type (${how.operator})`, 'use ==, !=, <, <=, > or >=');
  const order = TYPES[how.type];
  if (order === undefined)
    throw new OperandError(
      `Invalid version type (${how.type})`,
      `use one of ${Object.keys(TYPES).join(', ')}`,
    );
  if (left === '' || right === '') throw new OperandError('Input version value cannot be empty');
  return test(order(left, right));
}
