/** The environment of this process; everything else is handed on from here. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
