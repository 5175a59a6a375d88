import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { programFolders } from '../config.ts';

export interface CommandResult {
  code: number;
  /** stdout and stderr as they came. */
  output: string;
}

export interface CommandOptions {
  cwd?: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
  /** Gets the output as it comes, besides its being collected. */
  onOutput?: (text: string) => void;
}

/** Runs a command without a terminal and collects what it prints. Rejects only when it cannot be started. */
export async function runCommand(
  program: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
      options.onOutput?.(text);
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit, signal) => resolve(exit ?? (signal === null ? 1 : 128)));
  });
  return { code, output };
}

/** Runs a command with our terminal. Returns its exit code. */
export async function runVisibly(
  program: string,
  args: string[],
  options: Omit<CommandOptions, 'onOutput'> = {},
): Promise<number> {
  const child = spawn(program, args, { ...options, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

/** The full path of a program in PATH or in the places for administrators, undefined when there is none. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of programFolders()) {
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}
