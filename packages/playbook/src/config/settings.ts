import { at, bool, choice, integer, list, path, paths, text, type Setting } from './setting.js';

/** Ansible's list of files that a folder of inventories may hold beside them. */
const NO_INVENTORIES = [
  ...['.pyc', '.pyo', '.swp', '.bak', '~', '.rpm', '.md', '.txt', '.rst'],
  ...['.orig', '.ini', '.cfg', '.retry'],
];

/** How a run reaches its machines. */
const connection = {
  forks: integer(5, at(['forks'], ['ANSIBLE_FORKS'])),
  /** In seconds. */
  timeout: integer(10, at(['timeout', 'ssh_connection.timeout'], ['ANSIBLE_TIMEOUT', 'ANSIBLE_SSH_TIMEOUT'])),
  /** @default the user of this process */
  remoteUser: text(undefined, at(['remote_user'], ['ANSIBLE_REMOTE_USER'])),
  remotePort: integer(undefined, at(['remote_port'], ['ANSIBLE_REMOTE_PORT'])),
  privateKeyFile: path(at(['private_key_file'], ['ANSIBLE_PRIVATE_KEY_FILE'])),
  hostKeyChecking: bool(
    true,
    at(
      ['host_key_checking', 'ssh_connection.host_key_checking'],
      ['ANSIBLE_HOST_KEY_CHECKING', 'ANSIBLE_SSH_HOST_KEY_CHECKING'],
    ),
  ),
  transport: text('smart', at(['transport'], ['ANSIBLE_TRANSPORT'])),
  sshArgs: text(
    '-C -o ControlMaster=auto -o ControlPersist=60s',
    at(['ssh_connection.ssh_args'], ['ANSIBLE_SSH_ARGS']),
  ),
  sshCommonArgs: text('', at(['ssh_connection.ssh_common_args'], ['ANSIBLE_SSH_COMMON_ARGS'])),
  sshExtraArgs: text('', at(['ssh_connection.ssh_extra_args'], ['ANSIBLE_SSH_EXTRA_ARGS'])),
  /** How often a connection is tried again. */
  sshRetries: integer(0, at(['connection.retries', 'ssh_connection.retries'], ['ANSIBLE_SSH_RETRIES'])),
  askPass: bool(false, at(['ask_pass'], ['ANSIBLE_ASK_PASS'])),
  connectionPasswordFile: path(at(['connection_password_file'], ['ANSIBLE_CONNECTION_PASSWORD_FILE'])),
};

/** How a task becomes another user. */
const become = {
  become: bool(false, at(['privilege_escalation.become'], ['ANSIBLE_BECOME'])),
  becomeUser: text('root', at(['privilege_escalation.become_user'], ['ANSIBLE_BECOME_USER'])),
  becomeMethod: text('sudo', at(['privilege_escalation.become_method'], ['ANSIBLE_BECOME_METHOD'])),
  becomeExe: text(undefined, at(['privilege_escalation.become_exe'], ['ANSIBLE_BECOME_EXE'])),
  becomeFlags: text(undefined, at(['privilege_escalation.become_flags'], ['ANSIBLE_BECOME_FLAGS'])),
  becomeAskPass: bool(false, at(['privilege_escalation.become_ask_pass'], ['ANSIBLE_BECOME_ASK_PASS'])),
  becomePasswordFile: path(at(['become_password_file'], ['ANSIBLE_BECOME_PASSWORD_FILE'])),
};

/** Where a run finds its hosts, roles and secrets. */
const sources = {
  inventory: paths(',', ['/etc/ansible/hosts'], at(['inventory'], ['ANSIBLE_INVENTORY'])),
  inventoryIgnoreExtensions: list(
    NO_INVENTORIES,
    at(['inventory_ignore_extensions', 'inventory.ignore_extensions'], ['ANSIBLE_INVENTORY_IGNORE']),
  ),
  inventoryAnyUnparsedIsFailed: bool(
    false,
    at(['inventory.any_unparsed_is_failed'], ['ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED']),
  ),
  inventoryUnparsedIsFailed: bool(
    false,
    at(['inventory.unparsed_is_failed'], ['ANSIBLE_INVENTORY_UNPARSED_FAILED']),
  ),
  hostPatternMismatch: choice(
    ['warning', 'error', 'ignore'],
    'warning',
    at(['inventory.host_pattern_mismatch'], ['ANSIBLE_HOST_PATTERN_MISMATCH']),
  ),
  localhostWarning: bool(true, at(['localhost_warning'], ['ANSIBLE_LOCALHOST_WARNING'])),
  rolesPath: paths(
    ':',
    ['~/.ansible/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'],
    at(['roles_path'], ['ANSIBLE_ROLES_PATH']),
  ),
  vaultPasswordFile: path(at(['vault_password_file'], ['ANSIBLE_VAULT_PASSWORD_FILE'])),
  vaultIdentityList: list([], at(['vault_identity_list'], ['ANSIBLE_VAULT_IDENTITY_LIST'])),
  askVaultPass: bool(false, at(['ask_vault_pass'], ['ANSIBLE_ASK_VAULT_PASS'])),
};

/** How playbooks are understood. */
const language = {
  hashBehaviour: choice(['replace', 'merge'], 'replace', at(['hash_behaviour'], ['ANSIBLE_HASH_BEHAVIOUR'])),
  gathering: choice(['implicit', 'explicit', 'smart'], 'implicit', at(['gathering'], ['ANSIBLE_GATHERING'])),
  gatherSubset: list(['all'], at(['gather_subset'], ['ANSIBLE_GATHER_SUBSET'])),
  /** In seconds. @default 10 */
  gatherTimeout: integer(undefined, at(['gather_timeout'], ['ANSIBLE_GATHER_TIMEOUT'])),
  factPath: text(undefined, at(['fact_path'], ['ANSIBLE_FACT_PATH'])),
  injectFacts: bool(true, at(['inject_facts_as_vars'], ['ANSIBLE_INJECT_FACT_VARS'])),
  strategy: text('linear', at(['strategy'], ['ANSIBLE_STRATEGY'])),
  anyErrorsFatal: bool(false, at(['any_errors_fatal'], ['ANSIBLE_ANY_ERRORS_FATAL'])),
  forceHandlers: bool(false, at(['force_handlers'], ['ANSIBLE_FORCE_HANDLERS'])),
  errorOnMissingHandler: bool(true, at(['error_on_missing_handler'], ['ANSIBLE_ERROR_ON_MISSING_HANDLER'])),
  errorOnUndefinedVars: bool(true, at(['error_on_undefined_vars'], ['ANSIBLE_ERROR_ON_UNDEFINED_VARS'])),
  duplicateDictKey: choice(
    ['warn', 'error', 'ignore'],
    'warn',
    at(['duplicate_dict_key'], ['ANSIBLE_DUPLICATE_YAML_DICT_KEY']),
  ),
  jinja2Native: bool(false, at(['jinja2_native'], ['ANSIBLE_JINJA2_NATIVE'])),
  ansibleManaged: text('Ansible managed', at(['ansible_managed'], [])),
  executable: text('/bin/sh', at(['executable'], ['ANSIBLE_EXECUTABLE'])),
  noLog: bool(false, at(['no_log'], ['ANSIBLE_NO_LOG'])),
  /** In seconds; 0 is no limit. */
  taskTimeout: integer(0, at(['task_timeout'], ['ANSIBLE_TASK_TIMEOUT'])),
  /** In seconds. */
  pollInterval: integer(15, at(['poll_interval'], ['ANSIBLE_POLL_INTERVAL'])),
  tags: list([], at(['tags.run'], ['ANSIBLE_RUN_TAGS'])),
  skipTags: list([], at(['tags.skip'], ['ANSIBLE_SKIP_TAGS'])),
};

/** What a run shows and writes down. */
const output = {
  verbosity: integer(0, at(['verbosity'], ['ANSIBLE_VERBOSITY'])),
  stdoutCallback: text('default', at(['stdout_callback'], ['ANSIBLE_STDOUT_CALLBACK'])),
  callbacksEnabled: list(
    [],
    at(
      ['callback_whitelist', 'callbacks_enabled'],
      ['ANSIBLE_CALLBACK_WHITELIST', 'ANSIBLE_CALLBACKS_ENABLED'],
    ),
  ),
  nocows: bool(false, at(['nocows'], ['ANSIBLE_NOCOWS'])),
  nocolor: bool(false, at(['nocolor'], ['ANSIBLE_NOCOLOR', 'NO_COLOR'])),
  forceColor: bool(false, at(['force_color'], ['ANSIBLE_FORCE_COLOR'])),
  displaySkippedHosts: bool(true, at(['display_skipped_hosts'], ['ANSIBLE_DISPLAY_SKIPPED_HOSTS'])),
  displayOkHosts: bool(true, at(['display_ok_hosts'], ['ANSIBLE_DISPLAY_OK_HOSTS'])),
  displayFailedStderr: bool(false, at(['display_failed_stderr'], ['ANSIBLE_DISPLAY_FAILED_STDERR'])),
  displayArgsToStdout: bool(false, at(['display_args_to_stdout'], ['ANSIBLE_DISPLAY_ARGS_TO_STDOUT'])),
  showCustomStats: bool(false, at(['show_custom_stats'], ['ANSIBLE_SHOW_CUSTOM_STATS'])),
  showPerHostStart: bool(false, at(['show_per_host_start'], ['ANSIBLE_SHOW_PER_HOST_START'])),
  checkModeMarkers: bool(false, at(['check_mode_markers'], ['ANSIBLE_CHECK_MODE_MARKERS'])),
  showTaskPathOnFailure: bool(
    false,
    at(['show_task_path_on_failure'], ['ANSIBLE_SHOW_TASK_PATH_ON_FAILURE']),
  ),
  callbackResultFormat: choice(
    ['json', 'yaml'],
    'json',
    at(['callback_result_format'], ['ANSIBLE_CALLBACK_RESULT_FORMAT']),
  ),
  diffAlways: bool(false, at(['diff.always'], ['ANSIBLE_DIFF_ALWAYS'])),
  /** In lines. */
  diffContext: integer(3, at(['diff.context'], ['ANSIBLE_DIFF_CONTEXT'])),
  /** In bytes. */
  maxDiffSize: integer(104_448, at(['max_diff_size'], ['ANSIBLE_MAX_DIFF_SIZE'])),
  systemWarnings: bool(true, at(['system_warnings'], ['ANSIBLE_SYSTEM_WARNINGS'])),
  deprecationWarnings: bool(true, at(['deprecation_warnings'], ['ANSIBLE_DEPRECATION_WARNINGS'])),
  retryFilesEnabled: bool(false, at(['retry_files_enabled'], ['ANSIBLE_RETRY_FILES_ENABLED'])),
  retryFilesSavePath: path(at(['retry_files_save_path'], ['ANSIBLE_RETRY_FILES_SAVE_PATH'])),
  logPath: path(at(['log_path'], ['ANSIBLE_LOG_PATH'])),
};

/** Everything of ansible.cfg that means something here (Ansible 2.14's names, presets and environment variables). */
export const SETTINGS = { ...connection, ...become, ...sources, ...language, ...output };

/** The values of the settings; lengths of time in seconds. */
export type SettingValues = {
  readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};
