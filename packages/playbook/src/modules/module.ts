import type { Environment } from '@tenon/jinja/environment';
import type { Str, Value } from '@tenon/jinja/values';
import type { RemoteOutput } from '../transport/transport.js';
import type { LayeredScope } from '../vars/layered-scope.js';
import type { Arguments, Options } from './options.js';
import { readArguments, type RawArguments } from './read-arguments.js';

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
}

/**
 * Work for the machine: a script and how to read what it prints. Kept apart from sending, so that
 * plans of tasks that do not depend on each other can travel in one round trip.
 */
export interface Plan {
  readonly script: string;
  readonly stdin?: Buffer;
  /** See RemoteRequest. @default false */
  readonly isolated?: boolean;
  interpret(output: RemoteOutput): Step;
}

/** Either the end of a module's work or its next trip to the machine. */
export type Step = { readonly result: ModuleResult } | { readonly plan: Plan };

/** Reading files that lie beside the playbook. Throws ModuleError when there is no such file, or it is out of bounds. */
export interface PlaybookFolder {
  /** Looks in `folder` of the role or playbook, then beside the playbook; gives the full path. */
  find(name: Str, folder: 'files' | 'templates' | 'vars'): Promise<string>;
  read(path: string): Promise<Buffer>;
  /** The text of a template that another one includes. */
  readTemplate(name: string): string;
}

/** What a module may use besides its arguments. */
export interface ModuleContext {
  readonly jinja: Environment;
  readonly scope: LayeredScope;
  readonly hostName: string;
  readonly folder: PlaybookFolder;
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
  readonly examples: string;
  readonly returns: Readonly<Record<string, string>>;
  readonly run: (args: Arguments<S>, context: ModuleContext, raw: RawArguments) => Step | Promise<Step>;
}

/** A module as the engine sees it. */
export interface Module extends Omit<Declaration<Options>, 'run'> {
  /** Validates the templated arguments and begins. A wrong argument is a failed result. */
  start(raw: RawArguments, context: ModuleContext): Promise<Step>;
}

export function done(result: ModuleResult): Step {
  return { result };
}

export function failure(msg: Str, returns: Readonly<Record<string, unknown>> = {}): Step {
  return { result: { changed: false, failed: true, msg, returns } };
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
      try {
        // readArguments has just established this type from the same declaration.
        return await run(read.args as Arguments<S>, context, raw);
      } catch (error) {
        if (error instanceof ModuleError) return failure(error.message);
        throw error;
      }
    },
  };
}
