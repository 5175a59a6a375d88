import type { ExpressionNode, StatementNode, TargetNode } from '../syntax/ast.js';

/**
 * What a body does with names, bodies inside it left out. Jinja2's compiler decides by it where a name comes from, before
 * anything runs.
 */
export interface NameUse {
  /** The names that it reads or sets. */
  readonly mentioned: ReadonlySet<string>;
  /** Those that it sets before it reads them: there is nothing else that they could mean in it. */
  readonly setFirst: ReadonlySet<string>;
}

export const NO_NAMES: NameUse = { mentioned: new Set(), setFirst: new Set() };

const known = new WeakMap<readonly StatementNode[], NameUse>();

/** Every name that a part of a template reads. */
export function namesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(namesIn);
  if (part === null || typeof part !== 'object') return [];
  const own = 'kind' in part && part.kind === 'name' && 'name' in part ? [String(part.name)] : [];
  return [...own, ...Object.values(part).flatMap(namesIn)];
}

function targetsOf(target: TargetNode): string[] {
  if (target.kind === 'tuple') return target.items.flatMap(targetsOf);
  return target.kind === 'name' ? [target.name] : [];
}

/** The expressions that a statement looks at itself, and the names that it sets. */
function useOf(node: StatementNode): { reads: readonly (ExpressionNode | null)[]; sets: readonly string[] } {
  switch (node.kind) {
    case 'print':
    case 'do':
      return { reads: [node.expression], sets: [] };
    case 'for':
      return { reads: [node.iterable], sets: [] };
    case 'set':
      return { reads: [node.value], sets: targetsOf(node.target) };
    case 'setBlock':
      return { reads: [], sets: targetsOf(node.target) };
    case 'with':
      return { reads: node.bindings.map(([, value]) => value), sets: [] };
    case 'filterBlock':
      return { reads: [node.filter], sets: [] };
    case 'macro':
      return { reads: [], sets: [node.name] };
    case 'callBlock':
      return { reads: [node.call], sets: [] };
    case 'include':
    case 'extends':
      return { reads: [node.template], sets: [] };
    case 'import':
      return { reads: [node.template], sets: [node.target] };
    case 'fromImport':
      return { reads: [node.template], sets: node.names.map(([, alias]) => alias) };
    default:
      return { reads: [], sets: [] };
  }
}

class Reading {
  readonly mentioned = new Set<string>();
  readonly setFirst = new Set<string>();

  /** `isSure`: what is set here is set whenever the body runs. */
  read(body: readonly StatementNode[], isSure: boolean): void {
    for (const node of body) this.readOne(node, isSure);
  }

  private readOne(node: StatementNode, isSure: boolean): void {
    if (node.kind === 'if') {
      for (const { test, body } of node.branches) {
        for (const name of namesIn(test)) this.mentioned.add(name);
        this.read(body, false);
      }
      this.read(node.otherwise, false);
      return;
    }
    const { reads, sets } = useOf(node);
    for (const name of namesIn(reads)) this.mentioned.add(name);
    for (const name of sets) {
      if (isSure && !this.mentioned.has(name)) this.setFirst.add(name);
      this.mentioned.add(name);
    }
  }
}

/** Read once for each body. */
export function nameUse(body: readonly StatementNode[]): NameUse {
  const found = known.get(body);
  if (found !== undefined) return found;
  const reading = new Reading();
  reading.read(body, true);
  known.set(body, reading);
  return reading;
}
