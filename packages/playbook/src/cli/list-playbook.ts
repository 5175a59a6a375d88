import { Environment } from '@tenon/jinja/environment';
import { plain } from '@tenon/jinja/text';
import { fromJs, pyStr, type Value } from '@tenon/jinja/values';
import { matchHosts } from '../inventory/match-hosts.js';
import type { Play, Playbook, Task, Work } from '../parse/tree.js';
import { chosenWork, type TagChoice } from '../run/tags.js';
import { LayeredScope } from '../vars/layered-scope.js';
import type { Prepared } from './prepare.js';

/** What --list-hosts, --list-tasks and --list-tags ask for. */
interface Wanted {
  readonly hosts: boolean;
  readonly tasks: boolean;
  readonly tags: boolean;
}

const text = (value: Value) => plain(pyStr(value));
const asList = (value: Value): Value[] => (Array.isArray(value) ? value : [value]);
const tagWords = (tags: readonly Value[]) =>
  tags.flatMap(asList).flatMap((tag) =>
    text(tag)
      .split(',')
      .map((word) => word.trim()),
  );
const sortedTags = (tags: Iterable<string>) => [...new Set(tags)].sort().join(', ');

/** The tasks that a run begins with: what stands in rescue and always only follows something. */
function mainTasks(work: readonly Work[]): Task[] {
  return work.flatMap((item) => {
    if (item.kind === 'task') return [item];
    return item.kind === 'block' ? mainTasks(item.tasks) : [];
  });
}

/** What can be said of a play without running it; names are templated with the command's variables and the play's. */
class Lister {
  private readonly jinja = new Environment();
  private readonly scope: LayeredScope;

  constructor(
    private readonly play: Play,
    private readonly prepared: Prepared,
    private readonly wanted: Wanted,
    private readonly choice: TagChoice,
  ) {
    const given = Object.entries(prepared.extraVars).map(([name, value]) => [name, fromJs(value)] as const);
    this.scope = new LayeredScope([new Map(given), play.vars]);
  }

  describe(number: number): string {
    const { play } = this;
    const patterns = asList(this.jinja.templateValue(play.hosts, this.scope)).map(text);
    const tags = tagWords(play.inherited.tags);
    const name = play.name === undefined ? patterns.join(',') : this.shown(play.name);
    const head = `\n  play #${number} (${patterns.join(',')}): ${name}\tTAGS: [${tags.join(',')}]`;
    const lines = [this.wanted.hosts ? head + this.hosts(patterns) : head];
    if (this.wanted.tasks || this.wanted.tags) lines.push(this.tasks(tags));
    return lines.join('\n');
  }

  private shown(value: Value): string {
    try {
      return text(this.jinja.templateValue(value, this.scope));
    } catch {
      // It is only known when the play runs.
      return text(value);
    }
  }

  private hosts(patterns: readonly string[]): string {
    const { inventory, limit } = this.prepared;
    const within =
      limit === undefined ? undefined : new Set(matchHosts(limit, inventory).map(({ name }) => name));
    const matched = matchHosts(patterns, inventory).filter(({ name }) => within?.has(name) !== false);
    const shown = patterns.map((pattern) => `'${pattern}'`).join(', ');
    return `\n    pattern: [${shown}]\n    hosts (${matched.length}):${matched.map(({ name }) => `\n      ${name}`).join('')}`;
  }

  private tasks(playTags: readonly string[]): string {
    const template = (_: Task, value: Value) => this.jinja.templateValue(value, this.scope);
    const all = this.play.sections.flatMap((work) => mainTasks(chosenWork(work, this.choice, template)));
    const rows = all.map((task) => {
      // A task without a name does not show its role either (Ansible 2.14).
      const own = task.name === undefined ? task.action : this.shown(task.name);
      const role = task.role === undefined || task.name === undefined ? '' : `${task.role.name} : `;
      return `      ${role}${own}\tTAGS: [${sortedTags([...playTags, ...tagWords(task.tags)])}]\n`;
    });
    const tags = sortedTags([...playTags, ...all.flatMap((task) => tagWords(task.tags))]);
    const head = this.wanted.tasks ? `    tasks:\n${rows.join('')}` : '';
    return (head + (this.wanted.tags ? `      TASK TAGS: [${tags}]` : '')).trimEnd();
  }
}

/** Prints what --list-hosts, --list-tasks and --list-tags ask for. */
export function listPlaybook(
  playbook: Playbook,
  prepared: Prepared,
  wanted: Wanted,
  choice: TagChoice,
): void {
  const { terminal } = prepared.output;
  terminal.line(`\nplaybook: ${playbook.path}`);
  for (const [index, play] of playbook.plays.entries())
    terminal.line(new Lister(play, prepared, wanted, choice).describe(index + 1));
}
