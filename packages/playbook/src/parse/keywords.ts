type Level = 'play' | 'block' | 'task' | 'handler';

type Support = 'now' | 'ignored';

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
  become_flags: [EVERYWHERE, 'now'],
  become_exe: [EVERYWHERE, 'now'],
  environment: [EVERYWHERE, 'now'],
  ignore_errors: [EVERYWHERE, 'now'],
  ignore_unreachable: [EVERYWHERE, 'now'],
  no_log: [EVERYWHERE, 'now'],
  tags: [EVERYWHERE, 'now'],
  any_errors_fatal: [EVERYWHERE, 'now'],
  timeout: [EVERYWHERE, 'now'],
  collections: [EVERYWHERE, 'ignored'],
  debugger: [EVERYWHERE, 'ignored'],
  diff: [EVERYWHERE, 'now'],
  throttle: [EVERYWHERE, 'now'],
  check_mode: [EVERYWHERE, 'now'],
  run_once: [EVERYWHERE, 'now'],
  module_defaults: [EVERYWHERE, 'now'],
  connection: [EVERYWHERE, 'now'],
  port: [EVERYWHERE, 'now'],
  remote_user: [EVERYWHERE, 'now'],
  when: [WORK, 'now'],
  delegate_to: [WORK, 'now'],
  delegate_facts: [WORK, 'now'],
  notify: [WORK, 'now'],
  block: [['block'], 'now'],
  rescue: [['block'], 'now'],
  always: [['block'], 'now'],
  action: [TASK, 'now'],
  local_action: [TASK, 'now'],
  args: [TASK, 'now'],
  async: [TASK, 'now'],
  poll: [TASK, 'now'],
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
  gather_subset: [['play'], 'now'],
  gather_timeout: [['play'], 'now'],
  fact_path: [['play'], 'now'],
  handlers: [['play'], 'now'],
  tasks: [['play'], 'now'],
  pre_tasks: [['play'], 'now'],
  post_tasks: [['play'], 'now'],
  roles: [['play'], 'now'],
  force_handlers: [['play'], 'now'],
  max_fail_percentage: [['play'], 'now'],
  order: [['play'], 'now'],
  serial: [['play'], 'now'],
  strategy: [['play'], 'now'],
  vars_files: [['play'], 'now'],
  vars_prompt: [['play'], 'now'],
};

/** What a key of a play, block or task is. */
export function keywordSupport(key: string, level: Level): Support | undefined {
  const keyword = Object.hasOwn(KEYWORDS, key) ? KEYWORDS[key] : undefined;
  return keyword?.[0].includes(level) === true ? keyword[1] : undefined;
}

export function keywordsOf(level: Level): string[] {
  return Object.keys(KEYWORDS).filter((key) => keywordSupport(key, level) !== undefined);
}
