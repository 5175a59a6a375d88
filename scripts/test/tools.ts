import { aptInstall, canInstall } from '../system/apt.ts';
import { findProgram } from '../system/command.ts';
import { say, step } from '../progress.ts';

/** A program that tests need, and the Debian package that has it. */
const tools = [
  { program: 'redis-server', debian: 'redis-server', for: 'the queue suite on Redis' },
  { program: 'chromium', debian: 'chromium', for: 'the tests in the browser' },
  { program: 'dockerd', debian: 'docker.io', for: 'the tests on a real engine' },
  { program: 'mmdebstrap', debian: 'mmdebstrap', for: 'the instance image without a registry' },
  { program: 'sshd', debian: 'openssh-server', for: 'the tests of the SSH transport' },
  { program: 'curl', debian: 'curl', for: 'the tutorial' },
  { program: 'crontab', debian: 'cron', for: 'the tests of the module cron' },
  { program: 'git', debian: 'git', for: 'the tests of the module git' },
  { program: 'ip', debian: 'iproute2', for: 'the tests that change a throwaway machine' },
  { program: 'iptables', debian: 'iptables', for: 'the tests of the module iptables' },
];

/** Installs what the tests need and this machine lacks, with one apt run as root; otherwise says plainly what is missing. */
export async function provideTools(mayInstall: boolean, logFile: string): Promise<void> {
  const found = await Promise.all(
    tools.map(async (tool) => ({ tool, path: await findProgram(tool.program) })),
  );
  const missing = found.filter(({ path }) => path === undefined).map(({ tool }) => tool);
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tool.debian);
  if (mayInstall && (await canInstall())) {
    await step(`Installing ${packages.join(', ')}`, () => aptInstall(packages, logFile));
    return;
  }
  for (const tool of missing)
    say(`Missing: ${tool.program}, for ${tool.for}; install the package ${tool.debian}`);
}
