import { commandInsteadOfModule } from './rules/command-instead-of-module.js';
import { commandInsteadOfShell } from './rules/command-instead-of-shell.js';
import { deprecatedBareVars } from './rules/deprecated-bare-vars.js';
import { deprecatedLocalAction } from './rules/deprecated-local-action.js';
import { emptyStringCompare } from './rules/empty-string-compare.js';
import { fqcn } from './rules/fqcn.js';
import { ignoreErrors } from './rules/ignore-errors.js';
import { inlineEnvVar } from './rules/inline-env-var.js';
import { jinja } from './rules/jinja.js';
import { keyOrder } from './rules/key-order.js';
import { latest } from './rules/latest.js';
import { literalCompare } from './rules/literal-compare.js';
import { name, nameCasing } from './rules/name.js';
import { noChangedWhen } from './rules/no-changed-when.js';
import { noFreeForm } from './rules/no-free-form.js';
import { noHandler } from './rules/no-handler.js';
import { noJinjaWhen } from './rules/no-jinja-when.js';
import { noLogPassword } from './rules/no-log-password.js';
import { noTabs } from './rules/no-tabs.js';
import { notIdempotent } from './rules/not-idempotent.js';
import { packageLatest } from './rules/package-latest.js';
import { partialBecome } from './rules/partial-become.js';
import { playbookExtension } from './rules/playbook-extension.js';
import { riskyFilePermissions } from './rules/risky-file-permissions.js';
import { riskyOctal } from './rules/risky-octal.js';
import { riskyShellPipe } from './rules/risky-shell-pipe.js';
import { roleName } from './rules/role-name.js';
import { runOnce } from './rules/run-once.js';
import { syntaxCheck } from './rules/syntax-check.js';
import { tenantDataInShell } from './rules/tenant-data-in-shell.js';
import { varNaming } from './rules/var-naming.js';
import { yaml } from './rules/yaml.js';
import type { Rule } from './rule.js';

/** All rules, as they are listed. */
export const RULES: readonly Rule[] = [
  commandInsteadOfModule,
  commandInsteadOfShell,
  deprecatedBareVars,
  deprecatedLocalAction,
  emptyStringCompare,
  fqcn,
  ignoreErrors,
  inlineEnvVar,
  jinja,
  keyOrder,
  latest,
  literalCompare,
  name,
  nameCasing,
  noChangedWhen,
  noFreeForm,
  noHandler,
  noJinjaWhen,
  noLogPassword,
  noTabs,
  notIdempotent,
  packageLatest,
  partialBecome,
  playbookExtension,
  riskyFilePermissions,
  riskyOctal,
  riskyShellPipe,
  roleName,
  runOnce,
  syntaxCheck,
  tenantDataInShell,
  varNaming,
  yaml,
];
