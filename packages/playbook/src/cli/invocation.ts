/** How a program was started, and the ways back to the person who did it. */
export interface Invocation {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean;
  /** Characters a line of it. */
  readonly columns: number | undefined;
  /** Asks at the terminal; undefined when there is none. Rejects with CancelledError on Ctrl-C. */
  readonly ask: ((question: Question) => Promise<string>) | undefined;
  /** All of stdin. */
  readonly readInput: () => Promise<Buffer>;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Question {
  readonly text: string;
  /** The answer is not shown. */
  readonly hidden: boolean;
}
