import { TemplateError } from '@tenon/jinja/errors';
import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { isTainted, pyStr, type Value } from '@tenon/jinja/values';
import type { RunEvent } from '../events.js';
import { InventoryError } from '../inventory/inventory-error.js';
import { VaultError } from '../vault/vault-error.js';
import { ModuleError } from '../modules/module.js';
import { PlaybookError } from '../parse/problem.js';
import type { Play } from '../parse/tree.js';
import { LayeredScope } from '../vars/layered-scope.js';
import { batchesOf } from './batches.js';
import type { Host } from './host.js';
import { ordered } from './order.js';
import { PlayRun } from './play-run.js';
import { askPrompts } from './prompts.js';
import { pathOf } from './report.js';
import { originOf, Templates, type Run } from './run.js';
import { isLinear, runBatch } from './strategy/run-batch.js';
import { VarsFiles } from './vars-files.js';

/** What is known before there are hosts: the run's own variables and the play's. */
function earlyTemplates(run: Run, play: Play): Templates {
  const scope = new LayeredScope([run.settings.extraVars, play.vars]);
  return new Templates(run.at([play.folder]).jinja, scope);
}

/** The hosts of a play. */
function hostsOf(run: Run, play: Play, templates: Templates): Host[] {
  const { inventory, limit } = run.settings;
  const templated = templates.value(play.hosts, originOf(play.at, play.file));
  const written = Array.isArray(templated) ? templated : [templated];
  const isData = (pattern: Value) => isStr(pattern) && hasTaint(pattern);
  // Data may be the name of one host; it is no pattern.
  const named = written.filter((each) => isTainted(each) || isData(each)).map((each) => plain(pyStr(each)));
  const patterns = written.filter((each) => !isData(each)).map((each) => plain(pyStr(each)));
  const warn = (pattern: string) => run.warn(`Could not match supplied host pattern, ignoring: ${pattern}`);
  const matched = patterns.length === 0 ? [] : inventory.match(patterns, warn);
  const data = named.flatMap((name) => (inventory.has(name) ? (inventory.find(name) ?? []) : []));
  const hosts = [...new Set([...matched, ...data])];
  if (limit === undefined) return hosts;
  const within = new Set(inventory.match(limit));
  return hosts.filter((host) => within.has(host));
}

function nameOf(play: Play, templates: Templates): string {
  const name = play.name ?? play.hosts;
  const value = Array.isArray(name)
    ? name.map((each) => templates.shown(each)).join(',')
    : templates.shown(name);
  return value;
}

function outOfPlay(play: PlayRun): void {
  for (const host of play.hosts) {
    host.ended = false;
    if (host.failure !== undefined) host.gone = true;
    host.notified.clear();
  }
}

/** How a play ended. */
export interface PlayEnd {
  /** How many hosts it was for. */
  readonly matched: number;
  /** No play after it may begin: nobody is left of a batch, or an error was fatal for all. */
  readonly stopsRun: boolean;
}

/** Runs a play. Throws TemplateError and ModuleError for what cannot begin. */
export async function runPlay(run: Run, play: Play): Promise<PlayEnd> {
  const templates = earlyTemplates(run, play);
  const name = nameOf(play, templates);
  const hosts = hostsOf(run, play, templates);
  const inOrder = ordered(hosts, templates.text(play.keywords.order));
  const prompted = await askPrompts(run, play, templates);
  const tell = (more: Pick<RunEvent, 'strategy'> = {}) =>
    run.emit({ kind: 'play', play: name, path: pathOf(play), ...more });
  if (hosts.length === 0) {
    tell();
    run.emit({ kind: 'warning', play: name, message: 'no host of the inventory matches this play' });
    return { matched: 0, stopsRun: false };
  }
  const levels = { prompted, varsFiles: new VarsFiles(play), name };
  const handlers = play.reading.handlers.length;
  for (const batch of batchesOf(
    inOrder.filter((host) => !host.gone),
    templates,
    play.keywords.serial,
  )) {
    play.reading.handlers.length = handlers;
    const playRun = new PlayRun(run, play, { batch, all: hosts }, levels);
    tell(batch.some((host) => !isLinear(playRun.templates(host), play)) ? { strategy: 'free' } : {});
    await runBatch(playRun);
    outOfPlay(playRun);
    const nobodyIsLeft = batch.every((host) => host.gone);
    if (playRun.broken || nobodyIsLeft) return { matched: hosts.length, stopsRun: true };
    if (playRun.endsPlay) break;
  }
  return { matched: hosts.length, stopsRun: hosts.every((host) => host.gone) };
}

/** Errors that are the playbook's fault and not ours. */
export function isPlaybookFault(error: unknown): error is Error {
  const faults = [TemplateError, ModuleError, PlaybookError, InventoryError, VaultError];
  return faults.some((type) => error instanceof type);
}
