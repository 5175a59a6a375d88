const TRUE = new Set(['y', 'yes', 'on', '1', 'true', 't']);
const FALSE = new Set(['n', 'no', 'off', '0', 'false', 'f']);

/** A value as the kernel takes it: words for yes and no are 1 and 0. */
export function sysctlValue(value: string): string {
  const word = value.toLowerCase();
  return TRUE.has(word) ? '1' : FALSE.has(word) ? '0' : value;
}

function settingOf(line: string): [name: string, value: string] | undefined {
  const text = line.trim();
  const at = text.indexOf('=');
  return at < 0 || /^[#;]/.test(text) ? undefined : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/**
 * The text of a sysctl file with one setting at its value, or without it (undefined); undefined when it says so already. As
 * with Ansible every setting is written as name=value and stands once, where it stood first.
 */
export function editSysctlFile(text: string, name: string, value: string | undefined): string | undefined {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const settings = lines.map(settingOf);
  const current = settings.findLast((setting) => setting?.[0] === name)?.[1];
  if (current === value) return undefined;
  const seen = new Set<string>();
  const edited = lines.flatMap((line, index) => {
    const [key, old] = settings[index] ?? [];
    if (key === undefined || old === undefined) return [line.trim()];
    if (seen.has(key)) return [];
    seen.add(key);
    if (key !== name) return [`${key}=${old}`];
    return value === undefined ? [] : [`${key}=${value}`];
  });
  if (value !== undefined && !seen.has(name)) edited.push(`${name}=${value}`);
  return edited.map((line) => `${line}\n`).join('');
}
