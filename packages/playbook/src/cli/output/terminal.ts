import { paint, type Ink } from './paint.js';
import { COLUMNS } from './wrap.js';

/** Where a command prints. */
export interface Terminal {
  /** Characters that a line holds. */
  readonly columns: number;
  /** Prints a line on stdout. */
  line(text: string, ink?: Ink): void;
  /** Prints a line on stderr. */
  error(text: string, ink?: Ink): void;
  /** Prints text with its colours in it already; adds the line end when there is none. */
  painted(text: string): void;
  readonly colour: boolean;
}

/** The two ends of a terminal and how they are to be used. */
export interface TerminalStreams {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly columns?: number | undefined;
  readonly colour: boolean;
}

export function openTerminal({ write, writeError, columns, colour }: TerminalStreams): Terminal {
  const inked = (text: string, ink: Ink | undefined) =>
    `${colour && ink !== undefined ? paint(text, ink) : text}\n`;
  return {
    columns: Math.max(COLUMNS, (columns ?? 0) - 1),
    colour,
    line: (text, ink) => write(inked(text, ink)),
    error: (text, ink) => writeError(inked(text, ink)),
    painted: (text) => write(text.endsWith('\n') ? text : `${text}\n`),
  };
}
