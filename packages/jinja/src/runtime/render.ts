import { orElse } from '../or-else.js';
import type { CallContext, Scope } from '../call-context.js';
import { OperandError, TemplateSyntaxError } from '../errors.js';
import { truth, assertDefined } from '../python/compare.js';
import { typeName } from '../python/type-name.js';
import type { Operation } from '../signature.js';
import type { StatementNode, TemplateNode } from '../syntax/ast.js';
import { nearest, suggestion } from '../suggestion.js';
import { HostObject, Undefined, type CallArguments, type Value } from '../values.js';

/** What an environment gives to the renders of its templates. */
export interface Runtime {
  readonly filters: ReadonlyMap<string, Operation>;
  readonly tests: ReadonlyMap<string, Operation>;
  readonly globals: ReadonlyMap<string, Value>;
  /** A variable of the scope, templated; undefined when there is none. */
  variable(name: string, scope: Scope): Value | undefined;
  templateValue(value: Value, scope: Scope): Value;
  /** Another template by name, for include, import and extends. */
  load(name: string): TemplateNode;
  lookup(name: string, args: CallArguments, context: CallContext): Value[];
}

/** Every name of Ansible's own collections means the built-in of the short name. */
const OWN_COLLECTIONS = /^ansible\.(?:builtin|legacy)\./;

/** One rendering of one template: its variables, and the place it has come to. */
export class Render implements CallContext {
  /** Offset of the node that is being evaluated; where an error is reported. */
  at = 0;
  /** The bodies of `{% block %}`, most derived first, by name. */
  readonly blocks = new Map<string, (readonly StatementNode[])[]>();
  /** The template that the one being run extends. */
  parent: TemplateNode | null = null;
  private readonly resolved = new Map<string, Value | undefined>();

  constructor(
    readonly runtime: Runtime,
    readonly scope: Scope,
  ) {}

  resolve(name: string): Value | undefined {
    // Once per render, as in Jinja2: `{% do list.append(x) %}` is seen by the rest of the template.
    if (this.resolved.has(name)) return this.resolved.get(name);
    const value = orElse(this.runtime.variable(name, this.scope), () => this.runtime.globals.get(name));
    this.resolved.set(name, value);
    return value;
  }

  /** What a name that nothing defines evaluates to; its error names the nearest one that exists. */
  missing(name: string): Undefined {
    const remedy = (): string => {
      const names =
        this.scope.names?.() ?? (this.scope instanceof Map ? (this.scope.keys() as Iterable<string>) : []);
      const all = [...names, ...this.runtime.globals.keys()];
      if (all.includes(name))
        return `the template sets its own '${name}' further down: set it before, or rename it`;
      const known = nearest(name, all);
      const hint = known === undefined ? '' : `did you mean '${known}'? Otherwise `;
      return `${hint}define it, or give a fallback with \`| default(...)\``;
    };
    return new Undefined(`'${name}' is undefined`, true, remedy);
  }

  private find(kind: 'filter' | 'test', name: string): Operation | undefined {
    const table = kind === 'filter' ? this.runtime.filters : this.runtime.tests;
    return table.get(name.replace(OWN_COLLECTIONS, ''));
  }

  knows(kind: 'filter' | 'test', name: string): boolean {
    return this.find(kind, name) !== undefined;
  }

  private operation(kind: 'filter' | 'test', name: string): Operation {
    const table = kind === 'filter' ? this.runtime.filters : this.runtime.tests;
    const found = this.find(kind, name);
    if (found !== undefined) return found;
    throw new TemplateSyntaxError(`No ${kind} named '${name}'`, this.at, suggestion(name, table.keys()));
  }

  callFilter(name: string, input: Value, args: CallArguments): Value {
    return this.operation('filter', name)(input, args, this);
  }

  callTest(name: string, input: Value, args: CallArguments): boolean {
    return truth(this.operation('test', name)(input, args, this));
  }

  call(callee: Value, args: CallArguments): Value {
    assertDefined(callee);
    if (callee instanceof HostObject && callee.call !== undefined) return callee.call(args, this);
    throw new OperandError(`'${typeName(callee)}' object is not callable`, 'remove the brackets');
  }

  templateValue(value: Value): Value {
    return this.runtime.templateValue(value, this.scope);
  }

  lookup(name: string, args: CallArguments): Value[] {
    return this.runtime.lookup(name, args, this);
  }
}
