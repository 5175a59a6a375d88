import type { Daemon } from '../engine/daemon.ts';
import type { ApiClient } from '../installation/api-client.ts';
import type { Throwaway } from '../installation/throwaway.ts';

/** A tenant with the message that was last saved. */
export interface Subject {
  id: number;
  instanceId: number;
  url: string;
  message: string;
}

/** What a fault may lay its hands on. */
export interface Victim {
  installation: Throwaway;
  /** The installation's UUID, which every machine of it carries as a label. */
  uuid: string;
  client: ApiClient;
  engine: Daemon;
  serviceId: number;
  /** The folder of the playbooks, a copy made for the faults. */
  playbooks: string;
  /** The file in there that the service uses. */
  playbook: string;
  /** Pages that tasks leave besides the message; a fault adds its own. */
  pages: string[];
  subjects: Subject[];
}

/** Something that goes wrong, or an operator's edit, after which everything must come right by itself. */
export interface Fault {
  name: string;
  inflict(victim: Victim): Promise<void>;
}
