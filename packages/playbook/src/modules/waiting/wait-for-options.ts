/** The options of Ansible 2.14's wait_for. */
export const waitForOptions = {
  host: { type: 'str', default: '127.0.0.1', help: 'The host of the port, as the machine sees it.' },
  port: { type: 'int', help: 'The port to look at.' },
  path: { type: 'path', help: 'The file to look at.' },
  search_regex: {
    type: 'str',
    help: 'A regular expression (PCRE) that must be in the file, or in what the port says.',
  },
  state: {
    type: 'str',
    default: 'started',
    choices: ['absent', 'drained', 'present', 'started', 'stopped'],
    help: 'present and started: is there; absent and stopped: is gone; drained: has no connections.',
  },
  timeout: { type: 'int', default: 300, help: 'In seconds, for all.' },
  delay: { type: 'int', default: 0, help: 'In seconds, before the first look.' },
  sleep: { type: 'int', default: 1, help: 'In seconds, between two looks.' },
  connect_timeout: { type: 'int', default: 5, help: 'In seconds, for one connection.' },
  active_connection_states: {
    type: 'list',
    default: ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'SYN_RECV', 'SYN_SENT', 'TIME_WAIT'],
    help: 'States in which a connection counts, for drained.',
  },
  exclude_hosts: { type: 'list', help: 'Addresses whose connections do not count, for drained.' },
  msg: { type: 'str', help: 'What to say when the time is over.' },
} as const;
