import { plain } from '@tenon/jinja/text';
import type { RemoteOutput } from '../../transport/transport.js';
import { accountName } from './account-name.js';
import { defineModule, done, type Step } from '../module.js';
import { readFields, type Fields } from '../script-fields.js';
import { userOptions, type UserArguments } from './user-options.js';
import { looksHashed } from './user-password.js';
import { absentScript, presentScript } from './user-script.js';

function warningsOf(args: UserArguments, fields: Fields): string[] {
  const warnings = ['warning private', 'warning public'].flatMap((name) => fields.get(name) ?? []);
  if (args.password !== undefined && !looksHashed(plain(args.password)))
    warnings.push(
      "The input password appears not to have been hashed. The 'password' argument must be encrypted for this module to work properly.",
    );
  if (args.append && args.groups === undefined)
    warnings.push("'append' is set, but no 'groups' are specified. Use 'groups' for appending new groups.");
  return warnings;
}

/** What Ansible returns of a user who is there. */
function entryReturns(args: UserArguments, fields: Fields): Record<string, unknown> {
  const [, , uid, gid, comment, home, shell] = fields.get('entry')?.split(':') ?? [];
  const keys = ['ssh_fingerprint', 'ssh_key_file', 'ssh_public_key', 'stderr'].flatMap((name) => {
    const value = fields.get(name);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return {
    ...(args.password !== undefined && { password: 'NOT_LOGGING_PASSWORD' }),
    ...(fields.has('created')
      ? { system: args.system, create_home: args.create_home }
      : { append: args.append, move_home: args.move_home }),
    ...(uid !== undefined && { uid: Number(uid), group: Number(gid), comment, home, shell }),
    ...(args.groups !== undefined && { groups: args.groups.map(plain).join(',') }),
    ...Object.fromEntries(keys),
  };
}

function interpret(output: RemoteOutput, name: string, args: UserArguments): Step {
  const fields = readFields(output, `change the user ${name}`);
  const state = plain(args.state);
  const warnings = warningsOf(args, fields);
  const changed = fields.get('changed') === '1';
  return done({
    changed,
    returns: {
      name,
      state,
      ...(state === 'present' && entryReturns(args, fields)),
      ...(state === 'absent' && changed && { force: args.force, remove: args.remove }),
      ...(warnings.length > 0 && { warnings }),
    },
  });
}

export const user = defineModule({
  name: 'user',
  summary: 'Makes, changes and removes users.',
  checkMode: 'supported',
  options: userOptions,
  examples: `
- user:
    name: deploy
    groups: [www-data]
    append: yes
    shell: /bin/bash
`,
  returns: {
    name: 'The user.',
    state: 'present or absent.',
    uid: 'Its number.',
    group: 'The number of its primary group.',
    groups: 'The groups as they were asked for.',
    home: 'The home folder.',
    shell: 'The login shell.',
    comment: 'The full name.',
    ssh_key_file: 'Where the private key is.',
    ssh_public_key: 'The public key.',
    ssh_fingerprint: 'Its fingerprint.',
  },
  run(args, { checkMode }) {
    const name = accountName(args.name, 'user');
    const script = plain(args.state) === 'absent' ? absentScript : presentScript;
    return {
      plan: {
        script: script(name, args, checkMode),
        interpret: (output) => interpret(output, name, args),
      },
    };
  },
});
