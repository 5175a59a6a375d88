import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EngineConfig } from '../config/config.js';
import { CommandError, EXIT } from './exit-code.js';
import type { Invocation } from './invocation.js';
import type { ParsedOptions } from './options/parsed-options.js';

/** What a run logs in and becomes others with. */
export interface Passwords {
  readonly connection: string | undefined;
  readonly become: string | undefined;
}

function readPasswordFile(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8').trim();
  } catch {
    throw new CommandError(`The password file ${resolve(cwd, path)} was not found`);
  }
}

/** Asks a person for a secret. Throws CommandError when nobody is there. */
export async function askSecret({ ask }: Invocation, question: string): Promise<string> {
  if (ask === undefined)
    throw new CommandError(
      `cannot ask "${question.trim()}": there is no terminal; use a password file`,
      EXIT.error,
    );
  return ask({ text: question, hidden: true });
}

/** The passwords that the options and the configuration ask for, from files or from the person at the terminal. */
export async function readPasswords(
  parsed: ParsedOptions,
  config: EngineConfig,
  invocation: Invocation,
): Promise<Passwords> {
  const { cwd } = invocation;
  const connectionFile = parsed.text('connection-password-file') ?? config.connectionPasswordFile;
  const becomeFile = parsed.text('become-password-file') ?? config.becomePasswordFile;
  const asksConnection = parsed.has('ask-pass') || config.askPass;
  const asksBecome = parsed.has('ask-become-pass') || config.becomeAskPass;
  let connection = connectionFile === undefined ? undefined : readPasswordFile(connectionFile, cwd);
  if (asksConnection) connection = await askSecret(invocation, 'SSH password: ');
  let become = becomeFile === undefined ? undefined : readPasswordFile(becomeFile, cwd);
  if (asksBecome) {
    const hint = connection === undefined ? '' : '[defaults to SSH password]';
    const answer = await askSecret(invocation, `BECOME password${hint}: `);
    become = answer === '' ? connection : answer;
  }
  return { connection, become };
}
