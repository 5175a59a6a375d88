import { resolve } from 'node:path';

/** The variables of the process. */
export type ConfigEnvironment = Readonly<Record<string, string | undefined>>;

/** Where a path is written. */
export interface PathOrigin {
  /** What a relative path is below. */
  readonly base: string;
  readonly cwd: string;
  readonly env: ConfigEnvironment;
}

/** A path of the configuration in full: `~`, `$NAME`, `${NAME}` and `{{CWD}}` are filled in. */
export function expandPath(path: string, { base, cwd, env }: PathOrigin): string {
  const filled = path
    .replaceAll('{{CWD}}', cwd)
    .replaceAll(
      /\$(?:(\w+)|\{(\w+)\})/g,
      (whole, bare: string, braced: string) => env[bare || braced] ?? whole,
    );
  return resolve(base, filled.replace(/^~(?=\/|$)/, env['HOME'] ?? '~'));
}
