/** Whole seconds since a moment in ms, as Ansible's `elapsed`. */
export function secondsSince(startedMs: number): number {
  return Math.floor((Date.now() - startedMs) / 1000);
}

/** `2024-05-01 12:00:00.123000`, as Python prints a local time. */
export function localTime(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().replace('T', ' ').replace('Z', '000');
}
