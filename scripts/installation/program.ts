import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../config.ts';
import { waitFor } from '../system/wait-for.ts';
import type { Running } from './supervise.ts';

export interface ProgramOptions {
  /** Path of the script below the root of the clone: 'apps/api/dist/main.js'. */
  script: string;
  env: Record<string, string>;
  /** Its output is appended here. */
  logFile: string;
  /** Ends the wait for its readiness. */
  signal?: AbortSignal | undefined;
  /** Gets its process number as soon as there is one. */
  onSpawn?: (pid: number) => Promise<void>;
}

const startLimitMs = 60_000;
const stopLimitMs = 20_000;

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

async function textFrom(path: string, offset: number): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(Math.max(0, size - offset)),
      0,
      undefined,
      offset,
    );
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The last lines that are no progress, for the message of a failed start. */
function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-20).join('\n');
}

function spawnLogged({ script, env, logFile }: ProgramOptions) {
  // A file and not a pipe: what is written after we were killed is kept, and nobody dies of a broken pipe.
  const output = openSync(logFile, 'a', 0o600);
  try {
    // Its own session: Ctrl-C reaches us alone, and we stop the programs in their order.
    return spawn(process.execPath, ['--enable-source-maps', join(root, script)], {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
}

/**
 * Starts one of our programs and waits until its log says `"ready":true`.
 * Throws with the last lines of its log when it ends before, or is not ready after 60 s.
 */
export async function startProgram(options: ProgramOptions): Promise<Running> {
  const offset = sizeOf(options.logFile);
  const child = spawnLogged(options);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  let ended: string | undefined;
  void exited.then((how) => (ended = how));
  const stop = async () => {
    if (ended !== undefined) return;
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    await exited;
    clearTimeout(impatience);
  };
  try {
    if (child.pid !== undefined) await options.onSpawn?.(child.pid);
    await waitFor(
      async () => {
        if (ended !== undefined) throw new Error(`it ended at once (${ended})`);
        return (await textFrom(options.logFile, offset)).includes('"ready":true');
      },
      { what: `${options.script} to be ready`, timeoutMs: startLimitMs, everyMs: 50, signal: options.signal },
    );
  } catch (cause) {
    await stop();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `${reason}; the end of ${options.logFile}:\n${lastLines(await textFrom(options.logFile, offset))}`,
      { cause },
    );
  }
  return { exited, stop };
}

/** Runs one of our programs to its end. Throws with the last lines of its log when its exit code is not 0. */
export async function runProgram(options: ProgramOptions): Promise<void> {
  const offset = sizeOf(options.logFile);
  const child = spawnLogged(options);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === 0) return;
  throw new Error(
    `${options.script} ended with ${code}; the end of ${options.logFile}:\n${lastLines(await textFrom(options.logFile, offset))}`,
  );
}
