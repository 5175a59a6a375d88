type Level = 'play' | 'block' | 'task' | 'handler';

/** `later`: Ansible has it and this engine not yet; using it is an error, not a silent difference. */
type Support = 'now' | 'ignored' | 'later';

const EVERYWHERE: readonly Level[] = ['play', 'block', 'task', 'handler'];
const WORK: readonly Level[] = ['block', 'task', 'handler'];
const TASK: readonly Level[] = ['task', 'handler'];

/** Every keyword of Ansible 2.14, where it may stand, and whether it has an effect here. */
const KEYWORDS: Readonly<Record<string, readonly [readonly Level[], Support]>> = {
  name: [EVERYWHERE, 'now'],
  vars: [EVERYWHERE, 'now'],
  become: [EVERYWHERE, 'now'],
  become_user: [EVERYWHERE, 'now'],
  become_method: [EVERYWHERE, 'now'],
  become_flags: [EVERYWHERE, 'later'],
  become_exe: [EVERYWHERE, 'later'],
  environment: [EVERYWHERE, 'now'],
  ignore_errors: [EVERYWHERE, 'now'],
  ignore_unreachable: [EVERYWHERE, 'now'],
  no_log: [EVERYWHERE, 'now'],
  tags: [EVERYWHERE, 'now'],
  any_errors_fatal: [EVERYWHERE, 'now'],
  timeout: [EVERYWHERE, 'now'],
  collections: [EVERYWHERE, 'ignored'],
  debugger: [EVERYWHERE, 'ignored'],
  diff: [EVERYWHERE, 'ignored'],
  throttle: [EVERYWHERE, 'ignored'],
  check_mode: [EVERYWHERE, 'later'],
  run_once: [EVERYWHERE, 'later'],
  module_defaults: [EVERYWHERE, 'later'],
  connection: [EVERYWHERE, 'now'],
  port: [EVERYWHERE, 'later'],
  remote_user: [EVERYWHERE, 'now'],
  when: [WORK, 'now'],
  delegate_to: [WORK, 'now'],
  delegate_facts: [WORK, 'later'],
  notify: [WORK, 'now'],
  block: [['block'], 'now'],
  rescue: [['block'], 'now'],
  always: [['block'], 'now'],
  action: [TASK, 'now'],
  local_action: [TASK, 'now'],
  args: [TASK, 'now'],
  async: [TASK, 'later'],
  poll: [TASK, 'later'],
  changed_when: [TASK, 'now'],
  failed_when: [TASK, 'now'],
  delay: [TASK, 'now'],
  retries: [TASK, 'now'],
  until: [TASK, 'now'],
  loop: [TASK, 'now'],
  loop_control: [TASK, 'now'],
  register: [TASK, 'now'],
  listen: [['handler'], 'now'],
  hosts: [['play'], 'now'],
  gather_facts: [['play'], 'now'],
  gather_subset: [['play'], 'ignored'],
  gather_timeout: [['play'], 'ignored'],
  fact_path: [['play'], 'ignored'],
  handlers: [['play'], 'now'],
  tasks: [['play'], 'now'],
  pre_tasks: [['play'], 'now'],
  post_tasks: [['play'], 'now'],
  roles: [['play'], 'later'],
  force_handlers: [['play'], 'now'],
  max_fail_percentage: [['play'], 'later'],
  order: [['play'], 'ignored'],
  serial: [['play'], 'later'],
  strategy: [['play'], 'now'],
  vars_files: [['play'], 'now'],
  vars_prompt: [['play'], 'later'],
  import_playbook: [['play'], 'later'],
};

/** What a key of a play, block or task is. */
export function keywordSupport(key: string, level: Level): Support | undefined {
  const keyword = Object.hasOwn(KEYWORDS, key) ? KEYWORDS[key] : undefined;
  return keyword?.[0].includes(level) === true ? keyword[1] : undefined;
}

export function keywordsOf(level: Level): string[] {
  return Object.keys(KEYWORDS).filter((key) => keywordSupport(key, level) !== undefined);
}
