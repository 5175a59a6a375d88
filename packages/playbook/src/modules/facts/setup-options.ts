/** The options of Ansible 2.14's setup. */
export const setupOptions = {
  gather_subset: {
    type: 'list',
    default: ['all'],
    help: 'What to gather: all, min, hardware, network, virtual …; with ! in front: what not to.',
  },
  gather_timeout: {
    type: 'int',
    default: 10,
    help: 'In seconds, to wait for the sizes of mounted file systems.',
  },
  filter: { type: 'list', default: [], help: 'Only facts whose names one of these globs fits.' },
  fact_path: {
    type: 'path',
    default: '/etc/ansible/facts.d',
    help: 'A folder on the machine with *.fact files for ansible_local: JSON, INI, or programs that print one of them.',
  },
} as const;
