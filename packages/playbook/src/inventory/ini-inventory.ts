import { expandHosts } from './host-range.js';
import { iniValue } from './ini-value.js';
import { splitIniWords } from './ini-words.js';
import type { InventoryDraft } from './inventory-draft.js';
import { InventoryError } from './inventory-error.js';

const SECTION = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/;
const GROUP_NAME = /^([^:\]\s]+)\s*(?:#.*)?$/;

/** A group that something was said of before it was declared. */
interface Pending {
  readonly line: number;
  readonly kind: 'vars' | 'children';
  readonly parents: string[];
}

/** Reads one file line by line; a class because each line depends on the section that it stands in. */
class IniReader {
  private group = 'ungrouped';
  private kind = 'hosts';
  private line = 0;
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly draft: InventoryDraft) {}

  read(text: string): void {
    for (const line of text.split(/\r\n|[\n\r]/)) {
      this.line += 1;
      const trimmed = line.trim();
      if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
      try {
        this.readLine(trimmed);
      } catch (error) {
        if (error instanceof InventoryError) throw this.problem(error.message, this.line);
        throw error;
      }
    }
    this.checkPending();
  }

  private problem(message: string, line: number): InventoryError {
    return new InventoryError(`${this.draft.source}:${line}: ${message}`);
  }

  private readLine(line: string): void {
    const section = SECTION.exec(line);
    if (section !== null) this.openSection(section[1] ?? '', section[2] ?? 'hosts');
    else if (line.startsWith('[') && line.endsWith(']')) {
      throw new InventoryError(
        `Invalid section entry: '${line}'. Please make sure that there are no spaces in the section entry, and that there are no other invalid characters`,
      );
    } else if (this.kind === 'vars') this.readVariable(line);
    else if (this.kind === 'children') this.readChild(line);
    else this.readHosts(line);
  }

  private openSection(group: string, kind: string): void {
    if (!['hosts', 'vars', 'children'].includes(kind)) {
      throw new InventoryError(`Section [${group}:${kind}] has unknown type: ${kind}`);
    }
    this.group = group;
    this.kind = kind;
    if (!this.draft.hasGroup(group)) {
      if (kind === 'vars' && !this.pending.has(group)) {
        this.pending.set(group, { line: this.line, kind, parents: [] });
      }
      this.draft.addGroup(group);
    }
    if (kind !== 'vars') this.declare(group);
  }

  /** What was said of a group before it was declared holds now. */
  private declare(group: string): void {
    const pending = this.pending.get(group);
    this.pending.delete(group);
    for (const parent of pending?.parents ?? []) this.draft.addChild(parent, group);
  }

  private readVariable(line: string): void {
    const equals = line.indexOf('=');
    if (equals === -1) throw new InventoryError(`Expected key=value, got: ${line}`);
    const name = line.slice(0, equals).trim();
    this.draft.setGroupVariable(this.group, name, iniValue(line.slice(equals + 1).trim()));
  }

  private readChild(line: string): void {
    const child = GROUP_NAME.exec(line)?.[1];
    if (child === undefined) throw new InventoryError(`Expected group name, got: ${line}`);
    if (this.draft.hasGroup(child) && !this.pending.has(child)) this.draft.addChild(this.group, child);
    else {
      const known = this.pending.get(child);
      const parents = [...(known?.parents ?? []), this.group];
      this.pending.set(child, { line: known?.line ?? this.line, kind: 'children', parents });
    }
  }

  private readHosts(line: string): void {
    const words = splitIniWords(line);
    if (words === undefined)
      throw new InventoryError(`Error parsing host definition '${line}': No closing quotation`);
    const [pattern = '', ...assignments] = words;
    const { hosts, port } = expandHosts(pattern);
    if (pattern.endsWith(':') && port === undefined) {
      throw new InventoryError(
        `Invalid host pattern '${pattern}' supplied, ending in ':' is not allowed, this character is reserved to provide a port.`,
      );
    }
    if (hosts.includes('---')) {
      throw new InventoryError(
        `Invalid host pattern '${pattern}' supplied, '---' is normally a sign this is a YAML file.`,
      );
    }
    const variables = assignments.map(readAssignment);
    for (const host of hosts) {
      this.draft.addHost(host, this.group, port);
      for (const [name, value] of variables) this.draft.setHostVariable(host, name, value);
    }
  }

  private checkPending(): void {
    for (const [group, { line, kind, parents }] of this.pending) {
      throw this.problem(
        kind === 'vars'
          ? `Section [${group}:vars] not valid for undefined group: ${group}`
          : `Section [${parents.at(-1) ?? ''}:children] includes undefined group: ${group}`,
        line,
      );
    }
  }
}

function readAssignment(word: string): readonly [string, unknown] {
  const equals = word.indexOf('=');
  if (equals === -1) throw new InventoryError(`Expected key=value host variable assignment, got: ${word}`);
  return [word.slice(0, equals), iniValue(word.slice(equals + 1))];
}

/** Reads an inventory in INI form into the draft. Throws InventoryError, which names the line, in Ansible's words. */
export function readIniInventory(draft: InventoryDraft, text: string): void {
  new IniReader(draft).read(text);
}
