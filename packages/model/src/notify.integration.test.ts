import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { siteDescription } from './core-entities.js';
import { RunEvent } from './entities/run-event.js';
import { Run } from './entities/run.js';
import type { Site } from './entities/site.js';
import { newRow } from './new-row.js';
import { fill } from './testing/fill.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';
import { pages, pageTenantDescription } from './testing/pages/pages.js';
import { World } from './testing/world.js';
import { deleteRow, updateRow } from './write.js';

let installation: TestInstallation;
let world: World;
let site: Site;
let listener: pg.Client;
let heard: { table: string; id: number; op: string; generation?: number | null; run?: number }[] = [];

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
  world = new World(installation);
  listener = new pg.Client({ connectionString: installation.url });
  listener.on('notification', ({ payload }) =>
    heard.push(JSON.parse(payload ?? '') as (typeof heard)[number]),
  );
  await listener.connect();
  await listener.query('listen tenon_changes');
  site = await world.site('lab');
  const service = await world.service('Pages');
  await world.slice('lab_pages', { site: site.id, service: service.id });
});

beforeEach(async () => {
  // A notification of one's own comes after all that were sent before it.
  await listener.query(`select pg_notify('tenon_changes', '{"table":"end"}')`);
  await vi.waitFor(() => {
    expect(heard.at(-1)?.table).toBe('end');
  });
  heard = [];
});

afterAll(async () => {
  await listener.end();
  await installation.close();
});

const hears = (expected: object): Promise<void> =>
  vi.waitFor(() => {
    expect(heard).toContainEqual(expected);
  });

it('an insert, an update and a deletion are told with ids only', async () => {
  const made = await world.site('told');
  await updateRow(installation.as(), siteDescription, {
    id: made.id,
    fill: fill({ siteUrl: 'https://told' }),
  });
  await deleteRow(installation.as(), siteDescription, made.id);

  await hears({ table: 'site', id: made.id, generation: 1, op: 'INSERT' });
  await hears({ table: 'site', id: made.id, generation: 2, op: 'UPDATE' });
  await hears({ table: 'site', id: made.id, generation: 2, op: 'DELETE' });
  expect(JSON.stringify(heard)).not.toContain('told');
});

it('a change of a child table is told for the base table too, with the new generation', async () => {
  const tenant = await world.tenant();
  await updateRow(installation.as(), pageTenantDescription, {
    id: tenant.id,
    fill: fill({ message: 'other' }),
  });

  await hears({ table: 'tenant', id: tenant.id, generation: 2, op: 'UPDATE' });
  await hears({ table: 'page_tenant', id: tenant.id, generation: null, op: 'UPDATE' });
});

it('an update that changes nothing is no news, and what is rolled back never happened', async () => {
  await installation.sql('update site set name = name where id = ?', [site.id]);
  await installation
    .asSystem()
    .transactional(async (em) => {
      await em.execute(`update site set name = 'rolled back'`);
      throw new Error('roll back');
    })
    .catch(() => null);
  await listener.query(`select pg_notify('tenon_changes', '{"table":"end"}')`);

  await hears({ table: 'end' });
  expect(heard).toHaveLength(1);
});

it('the events of a run are told with their run', async () => {
  const em = installation.asSystem();
  const run = newRow(Run, {
    objectKey: 'tenant-1',
    objectLabel: 'x',
    playbook: 'x.yaml',
    trigger: 'edit',
    objectGeneration: 1,
    startedAt: new Date(),
    outcome: 'RUNNING',
  });
  const event = em.create(RunEvent, { run, sequence: 1, at: new Date(), kind: 'play', detail: {} });
  await em.persist(run).flush();

  await hears({ table: 'run_event', id: event.id, op: 'INSERT', run: run.id });
});
