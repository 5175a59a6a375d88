import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';

/** Where a machine keeps its jobs, as Ansible does. */
const FOLDER = '"$HOME/.ansible_async"';

/** Starts a job that survives the connection: script, input and output are files only its user can read. */
export function startScript(job: string, script: string, seconds: number): string {
  const end = `tenon-end-${job}`;
  return `
umask 077; mkdir -p ${FOLDER} && cd ${FOLDER} || exit
cat >${quote(`${job}.in`)}
cat >${quote(`${job}.sh`)} <<'${end}'
${script}
${end}
setsid sh -c 'cd "$HOME"; timeout -k 5 "$2" sh "$1.sh" <"$1.in" >"$1.out" 2>"$1.err"; echo "$?" >"$1.rc.new"; mv "$1.rc.new" "$1.rc"' \
  job "$PWD/"${quote(job)} ${seconds} </dev/null >/dev/null 2>&1 &
printf '%s' "$PWD"`;
}

/** Waits for the end of a job for some seconds; says what it knows in the first line. */
export function statusScript(job: string, waitS: number): string {
  return `
cd ${FOLDER} 2>/dev/null && [ -e ${quote(`${job}.sh`)} ] || { echo none; exit 0; }
n=${Math.round(waitS * 5)}
while [ ! -e ${quote(`${job}.rc`)} ] && [ "$n" -gt 0 ]; do sleep 0.2; n=$((n - 1)); done
[ -e ${quote(`${job}.rc`)} ] || { echo running; exit 0; }
printf 'done '; cat ${quote(`${job}.rc`)} ${quote(`${job}.out`)}; cat ${quote(`${job}.err`)} >&2`;
}

export function cleanupScript(job: string): string {
  const files = ['sh', 'in', 'out', 'err', 'rc'].map((end) => quote(`${job}.${end}`)).join(' ');
  return `cd ${FOLDER} 2>/dev/null && [ -e ${quote(`${job}.sh`)} ] || exit 1; rm -f ${files}`;
}

/** What statusScript has said: no such job, not ended yet, or what it printed. */
export type JobStatus = 'none' | 'running' | RemoteOutput;

export function readStatus(output: RemoteOutput): JobStatus {
  const end = output.stdout.indexOf('\n');
  const [word = '', rc = ''] = output.stdout.subarray(0, end).toString().split(' ');
  if (word !== 'done') return word === 'running' ? 'running' : 'none';
  return { rc: Number(rc), stdout: output.stdout.subarray(end + 1), stderr: output.stderr };
}
