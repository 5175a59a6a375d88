import type { Arguments } from '../options.js';

/** The options of git, as Ansible 2.14 has them. */
export const gitOptions = {
  repo: { type: 'str', required: true, aliases: ['name'], help: 'Where the repository comes from.' },
  dest: { type: 'path', required: true, help: 'The folder that it goes to.' },
  version: { type: 'str', default: 'HEAD', help: 'A branch, a tag or a commit.' },
  remote: { type: 'str', default: 'origin', help: 'The name of where it comes from.' },
  refspec: { type: 'str', help: 'What to fetch besides.' },
  reference: { type: 'str', help: 'A repository on the machine to borrow objects from.' },
  clone: { type: 'bool', default: true, help: 'Make the folder when it is missing.' },
  update: { type: 'bool', default: true, help: 'Look for something newer.' },
  force: { type: 'bool', default: false, help: 'Throw local changes away.' },
  depth: { type: 'int', help: 'How many commits of the history to fetch.' },
  bare: { type: 'bool', default: false, help: 'Without files, for a server.' },
  recursive: { type: 'bool', default: true, help: 'Submodules too.' },
  single_branch: { type: 'bool', default: false, help: 'Nothing but the branch.' },
  track_submodules: { type: 'bool', default: false, help: 'Submodules as new as their branches.' },
  accept_hostkey: { type: 'bool', default: false, help: 'Do not check the key of the host.' },
  accept_newhostkey: { type: 'bool', default: false, help: 'Trust a host at its first sight.' },
  key_file: { type: 'path', help: 'The private key on the machine.' },
  ssh_opts: { type: 'str', help: 'More options for ssh.' },
  executable: { type: 'path', help: 'The program. Default: git.' },
  separate_git_dir: { type: 'path', help: 'Where the repository goes when not below dest.' },
  umask: { type: 'raw', help: "For what is made: '0022'." },
  verify_commit: { type: 'bool', default: false, help: 'The commit or tag must be signed.' },
  gpg_whitelist: { type: 'list', default: [], help: 'By one of these fingerprints.' },
  archive: { type: 'path', help: 'Write the files to this archive: .zip, .tar, .tar.gz, .tgz.' },
  archive_prefix: { type: 'str', help: 'What stands before each path in the archive.' },
} as const;

export type GitArguments = Arguments<typeof gitOptions>;
