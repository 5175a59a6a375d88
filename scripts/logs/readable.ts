const levels: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};
const unsaid = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'name', 'v']);

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** A log line for people: pino's JSON as "12:00:01 info message key=value"; any other line as it is. */
export function readable(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const time =
    typeof entry['time'] === 'number'
      ? new Date(entry['time']).toTimeString().slice(0, 8)
      : String(entry['time']);
  const level = typeof entry['level'] === 'number' ? (levels[entry['level']] ?? String(entry['level'])) : '';
  const rest = Object.entries(entry)
    .filter(([key]) => !unsaid.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const message = typeof entry['msg'] === 'string' ? entry['msg'] : '';
  return [time, level.padEnd(5), message, ...rest].filter((part) => part !== '').join(' ');
}
