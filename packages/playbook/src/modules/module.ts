import type { Environment } from '@tenon/jinja/environment';
import type { Str, Value } from '@tenon/jinja/values';
import type { RemoteOutput } from '../transport/transport.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import type { Arguments, Options } from './options.js';
import type { Decrypt } from '../vault/decrypt.js';
import { brokenRules, type OptionRules } from './option-rules.js';
import { readArguments, type RawArguments } from './read-arguments.js';

/** What a file (or another thing) was and is now, for `--diff`. */
export interface Diff {
  readonly before: string;
  readonly after: string;
  /** What stands in the header line; the path, mostly. */
  readonly beforeHeader?: string;
  readonly afterHeader?: string;
}

/** What a module found and did. */
export interface ModuleResult {
  readonly changed: boolean;
  readonly failed?: boolean;
  readonly skipped?: boolean;
  readonly msg?: Str;
  /** What `register` keeps besides; plain data or Values. Comes back marked unsafe, as all that a machine says. */
  readonly returns?: Readonly<Record<string, unknown>>;
  /** Variables for the rest of the play (set_fact), kept as they are. */
  readonly facts?: ReadonlyMap<string, Value>;
  /** Facts about the machine (setup), which nearly everything wins over. */
  readonly gathered?: ReadonlyMap<string, Value>;
  /** Variables of files (include_vars), which set_fact wins over. */
  readonly includedVars?: ReadonlyMap<string, Value>;
  /** A host for the rest of the run (add_host). Whether it is new decides about `changed`. */
  readonly addedHost?: {
    readonly name: string;
    readonly groups: readonly string[];
    readonly vars: ReadonlyMap<string, Value>;
  };
  /** A group for this host (group_by). */
  readonly addedGroup?: { readonly name: string; readonly parents: readonly string[] };
  /** Statistics of the run (set_stats). */
  readonly stats?: {
    readonly data: ReadonlyMap<string, Value>;
    readonly perHost: boolean;
    readonly aggregate: boolean;
  };
  /** Only when the context asks for it (`diffMode`). */
  readonly diff?: Diff | readonly Diff[];
}

/**
 * Work for the machine. Scripts of tasks that do not depend on each other travel in one round trip: the next task's
 * script is run behind this one when this one ends with 0. So a script that ends with 0 has said its last word, the
 * module returns its result from it; one whose module may want another trip, or that failed, ends with NEXT or more.
 */
export interface MachineRequest {
  readonly script: string;
  readonly stdin?: Buffer;
  /** See RemoteRequest. @default false */
  readonly isolated?: boolean;
}

/** How a script says that its task is not done with it. */
export const NEXT = 78;

/** A request and how to read what it prints. */
export interface Plan extends MachineRequest {
  interpret(output: RemoteOutput): Step;
  /** The same work without a look first, for a job that nobody asks in between (`async`). */
  readonly atOnce?: Plan;
}

/** Either the end of a module's work or its next trip to the machine. */
export type Step = { readonly result: ModuleResult } | { readonly plan: Plan };

/**
 * A module's work written as a conversation: `const output = yield { script }`. A lost connection is thrown into it
 * as UnreachableError.
 */
export type Conversation = AsyncGenerator<MachineRequest, ModuleResult, RemoteOutput>;

/** Reading files that lie beside the playbook. Throws ModuleError when there is no such file, or it is out of bounds. */
export interface PlaybookFolder {
  /** Looks in `folder` of the role or playbook, then beside the playbook; gives the full path. */
  find(name: Str, folder: 'files' | 'templates' | 'vars'): Promise<string>;
  read(path: string): Promise<Buffer>;
  /** The text of a template that another one includes. */
  readTemplate(name: string): string;
}

/** The machine that runs the engine, for the modules that read or write there. Paths are absolute or below the working directory. */
export interface Controller {
  read(path: string): Promise<Buffer>;
  /** Writes a file and the folders above it. */
  write(path: string, content: Buffer): Promise<void>;
  /** Asks the person at the terminal; undefined when nobody is there. Rejects with CancelledError on Ctrl-C. */
  ask?(question: { text: string; hidden: boolean }): Promise<string>;
}

/** The way to the machine itself, for the modules that lose it on purpose. */
export interface Machine {
  /** Closes the connection and makes a new one. Rejects with UnreachableError. */
  reconnect(options: { timeoutMs: number }): Promise<void>;
}

/** What a module may use besides its arguments. */
export interface ModuleContext {
  readonly jinja: Environment;
  readonly scope: LayeredScope;
  readonly hostName: string;
  readonly folder: PlaybookFolder;
  /** Only predict: change nothing on the machine. */
  readonly checkMode: boolean;
  /** Say what was and what is: ModuleResult.diff. */
  readonly diffMode: boolean;
  /** Undefined in a confined run: the machine of the worker holds every key. */
  readonly controller: Controller | undefined;
  readonly machine: Machine;
  readonly signal: AbortSignal | undefined;
  /** `-v` once for each. */
  readonly verbosity: number;
  /** Opens vaulted values in files that the module reads; undefined without a vault password. */
  readonly decrypt: Decrypt | undefined;
  /** Where the task stands, for error texts. */
  readonly origin: { file: string; line: number };
}

/** A task that cannot be done as written; the text becomes the task's failure. */
export class ModuleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ModuleError';
  }
}

/** A module as its file declares it. */
interface Declaration<S extends Options> {
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  /** The options that may stand inside the free text of `shell: …`; the text arrives as `cmd`. */
  readonly freeForm?: readonly string[];
  /** Whether any name is an option (set_fact). */
  readonly open?: true;
  /** The option that names a file beside the playbook, and the folder it is looked for in. */
  readonly reads?: { readonly option: string; readonly folder: 'files' | 'templates' };
  readonly rules?: OptionRules;
  /** `supported`: predicts in check mode. `skipped`: is not run there. @default 'skipped' */
  readonly checkMode?: 'supported' | 'skipped';
  readonly examples: string;
  readonly returns: Readonly<Record<string, string>>;
  readonly run: (
    args: Arguments<S>,
    context: ModuleContext,
    raw: RawArguments,
  ) => Step | Promise<Step> | Conversation;
}

/** A module as the engine sees it. */
export interface Module extends Omit<Declaration<Options>, 'run'> {
  /** Validates the templated arguments and begins. A wrong argument is a failed result. */
  start(raw: RawArguments, context: ModuleContext): Promise<Step | Conversation>;
}

/** Runs a plain script that ends with NEXT where there is something to do, and only then `act`; both print the same. */
export function lookFirst(script: string, act: Plan): Step {
  return {
    plan: {
      script,
      interpret: (output) => (output.rc === NEXT ? { plan: act } : act.interpret(output)),
      atOnce: act,
    },
  };
}

export function done(result: ModuleResult): Step {
  return { result };
}

export function failure(msg: Str, returns: Readonly<Record<string, unknown>> = {}): Step {
  return { result: { changed: false, failed: true, msg, returns } };
}

/** Whether a module talks with the machine itself. */
export function isConversation(begun: object): begun is Conversation {
  return Symbol.asyncIterator in begun;
}

/** Makes a module of its declaration; the argument types come from the options. */
export function defineModule<const S extends Options>(declaration: Declaration<S>): Module {
  const { run, ...rest } = declaration;
  return {
    ...rest,
    async start(raw, context) {
      const options = declaration.open === true ? {} : declaration.options;
      const read = declaration.open === true ? { args: {} } : readArguments(declaration.name, options, raw);
      if ('problems' in read) return failure(read.problems.join('; '));
      const broken = brokenRules(declaration.name, read.args, declaration.rules);
      if (broken.length > 0) return failure(broken.join('; '));
      if (context.checkMode && declaration.checkMode !== 'supported') {
        const msg = `remote module (${declaration.name}) does not support check mode`;
        return done({ changed: false, skipped: true, msg });
      }
      try {
        // readArguments has just established this type from the same declaration.
        const begun = run(read.args as Arguments<S>, context, raw);
        return isConversation(begun) ? begun : await begun;
      } catch (error) {
        if (error instanceof ModuleError) return failure(error.message);
        throw error;
      }
    },
  };
}
