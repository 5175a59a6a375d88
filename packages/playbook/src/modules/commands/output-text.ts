/** As Ansible does with stdout and stderr: the line ends at the end go. */
export function trimEnds(text: string): string {
  return text.replace(/[\r\n]+$/, '');
}

/** Python's splitlines for the line ends that commands print. */
export function splitLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
