import type { Value } from '../values.js';

interface At {
  /** Offset of the node in its template. */
  readonly at: number;
}

/** The arguments of a call, filter or test. */
export interface ArgumentNodes {
  readonly positional: readonly ExpressionNode[];
  readonly named: readonly (readonly [string, ExpressionNode])[];
  /** `*list`. */
  readonly rest: ExpressionNode | null;
  /** `**dictionary`. */
  readonly options: ExpressionNode | null;
}

/** The expressions, by kind. */
export interface ExpressionKinds {
  constant: { readonly value: Value };
  name: { readonly name: string };
  list: { readonly items: readonly ExpressionNode[] };
  tuple: { readonly items: readonly ExpressionNode[] };
  dict: { readonly entries: readonly (readonly [ExpressionNode, ExpressionNode])[] };
  not: { readonly operand: ExpressionNode };
  sign: { readonly operator: '-' | '+'; readonly operand: ExpressionNode };
  binary: { readonly operator: string; readonly left: ExpressionNode; readonly right: ExpressionNode };
  logic: { readonly operator: 'and' | 'or'; readonly left: ExpressionNode; readonly right: ExpressionNode };
  compare: { readonly left: ExpressionNode; readonly rest: readonly (readonly [string, ExpressionNode])[] };
  concat: { readonly items: readonly ExpressionNode[] };
  condition: {
    readonly test: ExpressionNode;
    readonly then: ExpressionNode;
    readonly otherwise: ExpressionNode | null;
  };
  attribute: { readonly object: ExpressionNode; readonly name: string };
  item: { readonly object: ExpressionNode; readonly key: ExpressionNode };
  slice: {
    readonly object: ExpressionNode;
    readonly start: ExpressionNode | null;
    readonly stop: ExpressionNode | null;
    readonly step: ExpressionNode | null;
  };
  call: { readonly callee: ExpressionNode; readonly args: ArgumentNodes };
  filter: { readonly input: ExpressionNode | null; readonly name: string; readonly args: ArgumentNodes };
  test: {
    readonly input: ExpressionNode;
    readonly name: string;
    readonly negated: boolean;
    readonly args: ArgumentNodes;
  };
}

/** One kind of expression node, distributed so that a table keyed by kind is typed. */
export type ExpressionOf<K extends keyof ExpressionKinds> = {
  [P in K]: { readonly kind: P } & ExpressionKinds[P] & At;
}[K];
export type ExpressionNode = ExpressionOf<keyof ExpressionKinds>;

/** What `for` and `set` assign to. */
export type TargetNode =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'tuple'; readonly items: readonly TargetNode[] }
  | { readonly kind: 'member'; readonly name: string; readonly member: string };

export interface MacroNode {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly fallback: ExpressionNode | null }[];
  readonly body: readonly StatementNode[];
}

/** The statements, by kind. */
export interface StatementKinds {
  data: { readonly text: string };
  print: { readonly expression: ExpressionNode };
  for: {
    readonly target: TargetNode;
    readonly iterable: ExpressionNode;
    readonly condition: ExpressionNode | null;
    readonly isRecursive: boolean;
    readonly body: readonly StatementNode[];
    readonly otherwise: readonly StatementNode[];
  };
  if: {
    readonly branches: readonly { readonly test: ExpressionNode; readonly body: readonly StatementNode[] }[];
    readonly otherwise: readonly StatementNode[];
  };
  set: { readonly target: TargetNode; readonly value: ExpressionNode };
  setBlock: {
    readonly target: TargetNode;
    readonly filter: ExpressionNode | null;
    readonly body: readonly StatementNode[];
  };
  with: {
    readonly bindings: readonly (readonly [TargetNode, ExpressionNode])[];
    readonly body: readonly StatementNode[];
  };
  filterBlock: { readonly filter: ExpressionNode; readonly body: readonly StatementNode[] };
  macro: MacroNode;
  callBlock: { readonly call: ExpressionOf<'call'>; readonly caller: MacroNode };
  do: { readonly expression: ExpressionNode };
  break: object;
  continue: object;
  block: { readonly name: string; readonly body: readonly StatementNode[] };
  extends: { readonly template: ExpressionNode };
  include: {
    readonly template: ExpressionNode;
    readonly ignoreMissing: boolean;
    readonly withContext: boolean;
  };
  import: { readonly template: ExpressionNode; readonly target: string; readonly withContext: boolean };
  fromImport: {
    readonly template: ExpressionNode;
    readonly names: readonly (readonly [name: string, alias: string])[];
    readonly withContext: boolean;
  };
}

/** One kind of statement node, distributed so that a table keyed by kind is typed. */
export type StatementOf<K extends keyof StatementKinds> = {
  [P in K]: { readonly kind: P } & StatementKinds[P] & At;
}[K];
export type StatementNode = StatementOf<keyof StatementKinds>;

/** A parsed template. */
export interface TemplateNode {
  readonly source: string;
  readonly body: readonly StatementNode[];
}
