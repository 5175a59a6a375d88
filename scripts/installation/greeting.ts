import { hostname, userInfo } from 'node:os';
import { say, seconds } from '../progress.ts';

export interface GreetingFacts {
  url: string;
  port: number;
  startedAt: number;
  hasDefaultPassword: boolean;
  home: string;
  /** The address by which this machine was reached over SSH. */
  sshServer: string | undefined;
  listensElsewhere: boolean;
}

/** Prints what a newcomer needs: where to go, who to be, and how to get there from his own machine. */
export function greet(facts: GreetingFacts): void {
  say('');
  say(`Tenon is at ${facts.url}  (first page after ${seconds(Date.now() - facts.startedAt)})`);
  say(
    facts.hasDefaultPassword
      ? 'Log in as padmin@vicci.org with the password letmein'
      : 'Log in as padmin@vicci.org with the password you chose',
  );
  if (facts.sshServer !== undefined && !facts.listensElsewhere) {
    say(
      `From your own machine: ssh -L ${facts.port}:localhost:${facts.port} ${userInfo().username}@${facts.sshServer || hostname()}`,
    );
  }
  say(
    `Data and logs are in ${facts.home}; npm run logs shows them, npm run reset destroys everything; Ctrl-C stops`,
  );
  say('');
}
