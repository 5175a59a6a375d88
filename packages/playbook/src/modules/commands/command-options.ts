/** What `command` and `shell` have in common. */
export const commandOptions = {
  cmd: { type: 'raw', help: 'The command.' },
  chdir: { type: 'path', help: 'Go into this folder first.' },
  creates: { type: 'path', help: 'Do nothing when this path (a glob) exists.' },
  removes: { type: 'path', help: 'Do nothing when this path (a glob) does not exist.' },
  stdin: { type: 'str', help: 'Given to the command as its input.' },
  stdin_add_newline: { type: 'bool', default: true, help: 'End stdin with a line end.' },
  strip_empty_ends: {
    type: 'bool',
    default: true,
    help: 'Remove line ends from the end of stdout and stderr.',
  },
  warn: { type: 'bool', help: 'Without effect; accepted because old playbooks have it.' },
} as const;

/** What may stand as `name=value` in the free text. */
export const commandFreeForm = [
  'creates',
  'removes',
  'chdir',
  'executable',
  'warn',
  'stdin',
  'stdin_add_newline',
  'strip_empty_ends',
];

export const commandReturns = {
  cmd: 'What was run.',
  rc: 'The exit status.',
  stdout: 'Output, without its last line ends.',
  stderr: 'Errors, without their last line ends.',
  stdout_lines: 'stdout as a list.',
  stderr_lines: 'stderr as a list.',
  start: 'When it began.',
  end: 'When it ended.',
  delta: 'How long it took.',
};
