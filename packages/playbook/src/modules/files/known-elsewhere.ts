import { defineModule, failure, type Module } from '../module.js';

/**
 * Modules of ansible-core 2.14 and short names of well-known collections that this engine may not have. A role for several
 * systems names them behind conditions that do not hold here, so they are no mistake until they would run.
 */
const KNOWN = new Set(
  `apk apt_rpm archive assemble async_status at authorized_key aws_s3 blockinfile bundler capabilities composer cpanm cronvar
  dconf debconf dnf dnf5 docker_container docker_image docker_network docker_volume dpkg_divert easy_install ec2 ejabberd_user
  expect filesystem firewalld flatpak gem getent git git_config github_release hg homebrew homebrew_cask htpasswd ini_file
  interfaces_file ipaddr iptables java_cert java_keystore k8s kernel_blacklist launchd ldap_attr ldap_entry locale_gen lvg lvol
  lxc_container lxd_container macports mail make modprobe monit mount mysql_db mysql_query mysql_user mysql_variables nmcli npm
  openbsd_pkg openssl_certificate openssl_csr openssl_dhparam openssl_pkcs12 openssl_privatekey openssl_publickey opkg osx_defaults
  pacman pam_limits pamd parted patch pear pip pkg5 pkgin pkgng pkgutil portage portinstall postgresql_db postgresql_ext
  postgresql_privs postgresql_query postgresql_user proxmox puppet python_requirements_info rabbitmq_plugin rabbitmq_user redhat_subscription rhsm_repository
  rpm_key runit seboolean sefcontext selinux selogin seport slack slackpkg snap snmp_facts ssh_config subversion sudoers supervisorctl
  svr4pkg swdepot synchronize sysctl syslogger sysrc sysvinit telegram terraform timezone ufw unarchive urpmi vmware_guest win_chocolatey
  win_command win_copy win_domain win_feature win_file win_get_url win_package win_ping win_reboot win_regedit win_service win_shell
  win_template win_updates win_user x509_certificate xattr xbps xfs_quota xml yarn yum yum_repository zfs zypper zypper_repository`.split(
    /\s+/,
  ),
);

/** A module that Ansible has and this engine has not: fails when it would run. Undefined for a name that nobody knows. */
export function knownElsewhere(name: string): Module | undefined {
  const isFull = /^\w+\.\w+\.\w+(?:\.\w+)*$/.test(name);
  if (!isFull && !KNOWN.has(name)) return undefined;
  return {
    ...defineModule({
      name,
      summary: 'A module that this engine does not have.',
      checkMode: 'supported',
      options: {},
      open: true,
      examples: '',
      returns: {},
      run: () =>
        failure(
          `cannot run the module ${name}: this engine does not have it; use another one, or a condition that skips it`,
        ),
    }),
    freeForm: [],
  };
}
