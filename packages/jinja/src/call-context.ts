import type { CallArguments, Value } from './values.js';

/** The variables a template is rendered with. A name that is not there gives undefined. */
export interface Scope {
  get(name: string): Value | undefined;
  /** The names there are, for texts that suggest one. */
  names?(): Iterable<string>;
}

/** What a filter, test, function or lookup may ask of the evaluation that called it. */
export interface CallContext {
  readonly scope: Scope;
  /** A variable by name, templated; undefined when there is none. */
  resolve(name: string): Value | undefined;
  /** Whether there is such a filter or test. */
  knows(kind: 'filter' | 'test', name: string): boolean;
  callFilter(name: string, input: Value, args: CallArguments): Value;
  callTest(name: string, input: Value, args: CallArguments): boolean;
  /** Calls a function value, such as a macro. */
  call(callee: Value, args: CallArguments): Value;
  /** Templates trusted text found in data, as Ansible's Templar would. */
  templateValue(value: Value): Value;
  lookup(name: string, args: CallArguments): Value[];
}
