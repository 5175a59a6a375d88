import type { CallContext, Scope } from './call-context.js';
import { conditionHolds } from './condition.js';
import { fileFilters, realPath } from './controller/file-filters.js';
import { fileTests } from './controller/file-tests.js';
import { refusals } from './controller/refusals.js';
import {
  LookupError,
  MissingTemplateError,
  RecursionError,
  TemplateError,
  UndefinedError,
  type Origin,
} from './errors.js';
import { builtInFilters } from './filters/built-in.js';
import { builtInGlobals } from './globals/built-in.js';
import { located } from './locate.js';
import { runTemplate } from './runtime/execute.js';
import { evaluate } from './runtime/evaluate.js';
import { Frame } from './runtime/frame.js';
import { Render, type Runtime } from './runtime/render.js';
import type { Operation } from './signature.js';
import type { ExpressionNode, TemplateNode } from './syntax/ast.js';
import { parseBareExpression, parseTemplate } from './syntax/parse-template.js';
import { defaultSyntax, type SyntaxOptions } from './syntax/token.js';
import { asAtom, finish, mayBeTemplate, restoreNewlines, singleExpression } from './templar.js';
import { readHeader } from './template-header.js';
import { builtInTests } from './tests/built-in.js';
import { concat, hasTaint, isStr, plain, type Str } from './text.js';
import { assertDeepDefined } from './python/convert.js';
import { truth } from './python/compare.js';
import {
  LazyMap,
  markTemplates,
  markUnsafe,
  Tuple,
  Undefined,
  type CallArguments,
  type Value,
} from './values.js';
import { Dict } from './dict.js';

export type { Scope } from './call-context.js';

/** A source of values for `lookup` and `query`: its terms and options to a list of results. */
export interface Lookup {
  (args: CallArguments, context: CallContext): Value[];
  /** It only rearranges its terms: the results are as trusted as those. Default: what it finds is tainted. */
  readonly ofTerms?: boolean;
}

export interface EnvironmentOptions extends Partial<Omit<SyntaxOptions, 'rawBackslashes'>> {
  /** Filters beside the built-in ones, or instead of them, by short name. */
  filters?: Readonly<Record<string, Operation>>;
  tests?: Readonly<Record<string, Operation>>;
  globals?: Readonly<Record<string, Value>>;
  /** What `lookup('name')` can ask. Default: none. */
  lookups?: Readonly<Record<string, Lookup>>;
  /** Whether templates may look at the files and the environment of this machine. Default: no, they are refused. */
  controller?: boolean;
  /** The source of another template, for include, import and extends; null when there is none of that name. */
  loader?: (name: string) => string | null;
}

interface Resolving {
  readonly scope: Scope;
  readonly name: string;
}

/** Parsed templates that are kept; the oldest goes first. */
const CACHE_SIZE = 2000;
/** Variables that need one another deeper than this are taken for a loop. */
const MAX_NESTING = 200;

/** Jinja2 as Ansible 2.14 uses it: templates in data and in files, with lazily templated variables. */
export class Environment {
  private readonly syntax: SyntaxOptions;
  private readonly runtime: Runtime;
  private readonly lookups: ReadonlyMap<string, Lookup>;
  private readonly templates = new Map<string, TemplateNode>();
  private readonly expressions = new Map<string, ExpressionNode>();
  /** The variables being templated now, outermost first. */
  private readonly resolving: Resolving[] = [];

  constructor(private readonly options: EnvironmentOptions = {}) {
    const {
      filters = {},
      tests = {},
      globals = {},
      lookups = {},
      controller = false,
      loader,
      ...syntax
    } = options;
    const hostFilters = controller ? { ...fileFilters, realpath: realPath } : refusals('filter', fileFilters);
    const hostTests = controller ? fileTests : refusals('test', fileTests);
    this.syntax = { ...defaultSyntax, ...syntax };
    this.lookups = new Map(Object.entries(lookups));
    this.runtime = {
      filters: new Map(Object.entries({ ...builtInFilters, ...hostFilters, ...filters })),
      tests: new Map(Object.entries({ ...builtInTests, ...hostTests, ...tests })),
      globals: new Map([...builtInGlobals, ...Object.entries(globals)]),
      variable: (name, scope) => this.variable(name, scope),
      templateValue: (value, scope) => this.templateValue(value, scope),
      load: (name) => this.load(name, loader),
      lookup: (name, args, context) => this.lookup(name, args, context),
    };
  }

  /** The same filters, tests, globals and lookups, with another syntax or loader. */
  with(options: EnvironmentOptions): Environment {
    return new Environment({ ...this.options, ...options });
  }

  /**
   * Renders a template file or other raw text. The result keeps the taint of what was filled in; a tainted
   * source is not a template and comes back as it is. Throws TemplateError.
   */
  renderText(source: Str, scope: Scope, origin: Origin = {}): Str {
    if (hasTaint(source)) return source;
    const template = plain(source);
    return restoreNewlines(template, this.render(template, scope, origin));
  }

  /**
   * Templates a value as Ansible's Templar does, deep over lists and dictionaries: a text of one `{{ x }}`
   * gives lists and dictionaries as they are, a result that reads as a list, dictionary or boolean becomes
   * one. Tainted text is never templated. Throws TemplateError.
   */
  templateValue(source: Value, scope: Scope, origin: Origin = {}): Value {
    if (isStr(source))
      return hasTaint(source) || !this.isTemplate(source)
        ? source
        : this.templateText(plain(source), scope, origin);
    if (Array.isArray(source)) return source.map((item) => this.templateValue(item, scope, origin));
    if (source instanceof Tuple) return source.items.map((item) => this.templateValue(item, scope, origin));
    if (!(source instanceof Map)) return source;
    return new Dict([...source].map(([key, item]) => [key, this.templateValue(item, scope, origin)]));
  }

  /** The value of an expression without delimiters, such as `users | length`. Throws TemplateError. */
  evaluate(expression: string, scope: Scope, origin: Origin = {}): Value {
    const value = this.evaluateBare(expression, scope, { origin, rawBackslashes: true });
    this.guard(expression, origin, 0, () => {
      assertDeepDefined(value);
    });
    return value;
  }

  /**
   * Whether a condition (`when`, `changed_when`, `assert.that`) holds. A boolean is its own answer, None and
   * '' hold. Throws TemplateError.
   */
  evaluateCondition(condition: Value, scope: Scope, origin: Origin = {}): boolean {
    const source = isStr(condition) ? plain(condition) : '';
    return this.guard(source, origin, 0, () =>
      conditionHolds(condition, {
        template: (text) => this.templateValue(text, scope, origin),
        evaluate: (expression) => this.evaluateBare(expression, scope, { origin, rawBackslashes: false }),
      }),
    );
  }

  /** Whether a text is `{{ name }}`, without brackets, comments or signs for blanks. */
  private isBare(source: string): boolean {
    const { variableStart, variableEnd } = this.syntax;
    return /^\s*\w+\s*$/.test(source.replace(/\n$/, '').slice(variableStart.length, -variableEnd.length));
  }

  private isTemplate(source: Str): boolean {
    return mayBeTemplate(plain(source), this.syntax);
  }

  private guard<T>(source: string, origin: Origin, at: number | Render, run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw located(error, source, typeof at === 'number' ? at : at.at, origin);
    }
  }

  private parse(source: string, rawBackslashes: boolean): TemplateNode {
    const key = `${rawBackslashes ? 'raw' : 'read'}:${source}`;
    const known = this.templates.get(key);
    if (known !== undefined) return known;
    const { length, overrides } = readHeader(source);
    const syntax = { ...this.syntax, rawBackslashes, ...overrides };
    const template = parseTemplate(source.replace(/\n$/, ''), syntax, length);
    remember(this.templates, key, template);
    return template;
  }

  private render(given: string, scope: Scope, origin: Origin): Str {
    const source = withPlainNewlines(given);
    const render = new Render(this.runtime, scope);
    return this.guard(source, origin, render, () => {
      const out: Str[] = [];
      runTemplate(this.parse(source, false), new Frame(render), out);
      return concat(out);
    });
  }

  private templateText(given: string, scope: Scope, origin: Origin): Value {
    const source = withPlainNewlines(given);
    const render = new Render(this.runtime, scope);
    return this.guard(source, origin, render, () => {
      const template = this.parse(source, true);
      const single = singleExpression(template);
      if (single !== null) {
        const atom =
          single.kind === 'name' && this.isBare(source) ? asAtom(scope.get(single.name)) : undefined;
        return restoreNewlines(
          source,
          atom === undefined ? finish(evaluate(single, new Frame(render))) : atom,
        );
      }
      const out: Str[] = [];
      runTemplate(template, new Frame(render), out);
      return restoreNewlines(source, finish(concat(out)));
    });
  }

  private evaluateBare(
    expression: string,
    scope: Scope,
    how: { origin: Origin; rawBackslashes: boolean },
  ): Value {
    const render = new Render(this.runtime, scope);
    return this.guard(expression, how.origin, render, () => {
      const key = `${how.rawBackslashes ? 'raw' : 'read'}:${expression}`;
      const node = this.expressions.get(key) ?? parseBareExpression(expression, how.rawBackslashes);
      remember(this.expressions, key, node);
      return evaluate(node, new Frame(render));
    });
  }

  /** A variable, templated now. What is undefined inside it makes it undefined, so that `default` applies. */
  private variable(name: string, scope: Scope): Value | undefined {
    const raw = scope.get(name);
    if (raw === undefined || raw instanceof LazyMap) return raw;
    const isLoop = this.resolving.some((each) => each.scope === scope && each.name === name);
    if (isLoop || this.resolving.length > MAX_NESTING) {
      const path = [...this.resolving.map((each) => each.name), name].slice(-5).join(' → ');
      throw new RecursionError(
        `recursive loop detected in template string: ${path}`,
        `give '${name}' a value that does not need itself`,
      );
    }
    this.resolving.push({ scope, name });
    try {
      return this.templateValue(raw, scope);
    } catch (error) {
      if (error instanceof UndefinedError)
        return new Undefined(`'${name}' cannot be templated: ${error.problem}`, true, () => error.remedy);
      throw error instanceof TemplateError ? error.locateInVariable(name) : error;
    } finally {
      this.resolving.pop();
    }
  }

  private load(name: string, loader: EnvironmentOptions['loader']): TemplateNode {
    const source = loader?.(name) ?? null;
    if (source !== null) return this.parse(withPlainNewlines(source), false);
    throw new MissingTemplateError(
      `there is no template '${name}'`,
      'check the name, or write `ignore missing`',
    );
  }

  private lookup(name: string, args: CallArguments, context: CallContext): Value[] {
    const found = this.lookups.get(name.replace(/^ansible\.(?:builtin|legacy)\./, ''));
    if (found !== undefined) return ask(found, args, context);
    const known = [...this.lookups.keys()].join(', ') || 'none';
    throw new LookupError(`lookup plugin (${name}) not found`, `use one of: ${known}`);
  }
}

/**
 * What a lookup finds is data from elsewhere: tainted, unless `allow_unsafe` says otherwise (as in Ansible).
 * Terms that were only rearranged keep their trust, but nothing in them is templated a second time.
 */
function ask(lookup: Lookup, { positional, named }: CallArguments, context: CallContext): Value[] {
  const { allow_unsafe: trusted = false, ...options } = Object.fromEntries(named);
  const found = lookup({ positional, named: new Map(Object.entries(options)) }, context);
  if (truth(trusted)) return found;
  return found.map(lookup.ofTerms === true ? markTemplates : markUnsafe);
}

/** Jinja2 ends lines with \n alone. */
function withPlainNewlines(source: string): string {
  return source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
}

function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  if (cache.has(key)) return;
  const [oldest] = cache.keys();
  if (cache.size >= CACHE_SIZE && oldest !== undefined) cache.delete(oldest);
  cache.set(key, value);
}
