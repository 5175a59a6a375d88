import type { Reading } from './play-reading.js';
import { Problems } from './problem.js';
import { readWork } from './read-work.js';
import type { Inherited, Work } from './tree.js';
import { parseYaml } from './yaml.js';

/** Files that include each other deeper than this are taken for a loop. */
const MAX_DEPTH = 60;

let depth = 0;

/** Reads a file of tasks or handlers. What is wrong in it goes where `first` collects. Throws SourceError. */
export function readTasksFile(path: string, parent: Inherited, reading: Reading, first?: Problems): Work[] {
  const text = reading.play.options.files.text(path);
  const problems = new Problems(path, text, first);
  if (depth >= MAX_DEPTH) {
    problems.error({ line: 1, column: 1 }, 'this file is imported by itself; remove one of the imports');
    return [];
  }
  const before = problems.errors.length;
  const node = parseYaml(text, problems, { decrypt: reading.play.options.files.decrypt });
  if (problems.errors.length > before) return [];
  depth++;
  try {
    return readWork(node, parent, reading, problems);
  } finally {
    depth--;
  }
}
