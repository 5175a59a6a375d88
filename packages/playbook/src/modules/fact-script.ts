/** Prints one `name<TAB>value<NUL>` a fact. POSIX sh, /proc, coreutils, and what may be missing is asked for first. */
export const factScript = String.raw`export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
fact() { printf '%s\t%s\0' "$1" "$2"; }
if [ -r /etc/os-release ]; then . /etc/os-release; elif [ -r /usr/lib/os-release ]; then . /usr/lib/os-release; fi
fact id "${'$'}{ID-}"; fact id_like "${'$'}{ID_LIKE-}"; fact version_id "${'$'}{VERSION_ID-}"; fact codename "${'$'}{VERSION_CODENAME-}"; fact name "${'$'}{NAME-}"
[ ! -r /etc/debian_version ] || fact debian_version "$(cat /etc/debian_version)"
fact kernel "$(uname -r)"; fact kernel_version "$(uname -v)"; fact system "$(uname -s)"; fact machine "$(uname -m)"; fact nodename "$(uname -n)"
fact fqdn "$(hostname -f 2>/dev/null || uname -n)"
[ ! -r /proc/sys/kernel/random/boot_id ] || fact boot_id "$(cat /proc/sys/kernel/random/boot_id)"
fact pid1 "$(cat /proc/1/comm 2>/dev/null)"; [ ! -d /run/systemd/system ] || fact systemd yes
for p in apt-get dnf yum zypper apk pacman; do if command -v $p >/dev/null; then fact pkg_mgr $p; break; fi; done
fact user_id "$(id -un)"; fact user_uid "$(id -u)"; fact user_gid "$(id -g)"; fact user_dir "${'$'}{HOME-}"
fact cpus "$(grep -c '^processor' /proc/cpuinfo)"
while read -r k v u; do case $k in MemTotal:|MemFree:|MemAvailable:|SwapTotal:|SwapFree:) fact "${'$'}{k%:}" "$v" ;; esac; done </proc/meminfo
if command -v ip >/dev/null; then
  fact route "$(ip -4 route get 1.1.1.1 2>/dev/null | head -n 1)"
  fact addresses "$(ip -o -4 addr show scope global 2>/dev/null)"
  fact addresses6 "$(ip -o -6 addr show scope global 2>/dev/null)"
else fact addresses_plain "$(hostname -I 2>/dev/null)"; fi
fact date "$(date +'%s|%Y|%m|%d|%H|%M|%S|%Z|%z|%A|%u')"
env | while IFS= read -r l; do case $l in [A-Za-z_]*=*) fact "env:${'$'}{l%%=*}" "${'$'}{l#*=}" ;; esac; done`;
