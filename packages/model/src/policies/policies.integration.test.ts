import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { coreEntities } from '../core-entities.js';
import { RunEvent } from '../entities/run-event.js';
import type { Row } from '../entities/row.js';
import { Run } from '../entities/run.js';
import type { EntityDescription } from '../entity-description.js';
import type { UserPrincipal } from '../principal.js';
import { pageServiceDescription, pageTenantDescription } from '../testing/pages/pages.js';
import { CREATES, NAMES, PLACES, SEES, UPDATES } from '../testing/policy-matrix.js';
import { createTwoSites, PEOPLE } from '../testing/two-sites.js';
import type { Person, TwoSites } from '../testing/two-sites.js';
import { among } from './define-policy.js';

const described = [
  ...coreEntities,
  pageServiceDescription,
  pageTenantDescription,
] as readonly EntityDescription[];

let world: TwoSites;

beforeAll(async () => {
  world = await createTwoSites();
});

afterAll(async () => {
  await world.installation.close();
});

const namesOf = async (sql: string | undefined): Promise<Map<number, string>> => {
  if (sql === undefined) throw new Error('the matrix has no names for this entity');
  const rows = await world.installation.sql<{ id: number; name: string }>(sql);
  return new Map(rows.map(({ id, name }) => [id, name]));
};

const named = (ids: Iterable<number>, names: Map<number, string>): string[] =>
  [...ids].map((id) => names.get(id) ?? `#${id}`).sort();

const OPEN = ['Site', 'Deployment', 'Node', 'Image', 'Flavor', 'NetworkTemplate'];
const isOpen = ({ name }: EntityDescription): boolean => OPEN.includes(name);
const guarded = described.filter((description) => !isOpen(description));
const pairs = (of: readonly EntityDescription[]) =>
  of.flatMap((description) => PEOPLE.map((person) => [description.name, person, description] as const));

describe('what a person sees', () => {
  it.each(pairs(guarded))('of %s as the %s', async (name, person, { entity }) => {
    const all = await namesOf(NAMES[name]);
    const expected = person === 'admin' ? [...all.values()] : (SEES[name]?.[person] ?? []);
    const em = world.installation.as(world.people[person]);

    const rows = await em.find<Row>(entity, {});
    const one = await Promise.all([...all.keys()].map(async (id) => em.fork().find<Row>(entity, { id })));

    expect(
      named(
        rows.map(({ id }) => id),
        all,
      ),
    ).toEqual([...expected].sort());
    expect(await em.count(entity)).toBe(expected.length);
    expect(one.flat()).toHaveLength(expected.length);
  });

  it.each(pairs(described.filter(isOpen)))(
    'everything of %s as the %s',
    async (_name, person, { entity }) => {
      const seen = await world.installation.as(world.people[person]).count(entity);

      expect(seen).toBe(await world.installation.asSystem().count(entity));
    },
  );

  it.each(PEOPLE)('events of the runs that he sees, as the %s', async (person) => {
    const em = world.installation.as(world.people[person]);
    const names = await namesOf(NAMES['RunEvent']);
    const runs = await em.find(Run, {});

    const events = await em.find(RunEvent, {});

    expect(
      named(
        events.map(({ id }) => id),
        names,
      ),
    ).toEqual(runs.map(({ objectLabel }) => objectLabel).sort());
  });

  it.each(guarded.map((description) => [description.name, description] as const))(
    'of %s is for somebody less than all and more than nothing, so that a removed policy is noticed',
    async (name, { entity }) => {
      const all = await world.installation.asSystem().count(entity);
      const counts = Object.values(SEES[name] ?? {}).map((seen) => seen.length);

      expect(counts.some((count) => count > 0 && count < all)).toBe(true);
    },
  );
});

describe('what a person may update', () => {
  it.each(pairs(described))('of %s as the %s', async (name, person, description) => {
    const user = world.people[person];
    const em = world.installation.as(user);
    const rows = await world.installation.asSystem().find<Row>(description.entity, {});
    const all = await namesOf(NAMES[name] ?? `select id, name from ${underscored(name)}`);
    const expected =
      person === 'admin' ? adminMay(name, all) : (UPDATES[name]?.[person] ?? openUpdates(name, person));

    const single: number[] = [];
    for (const row of rows) if (await description.policy.may(user, 'update', row, em)) single.push(row.id);
    const listed = await among(em, description.policy.change(user, 'update'), [...all.keys()]);

    expect(named(single, all)).toEqual([...expected].sort());
    expect(named(listed, all)).toEqual([...expected].sort());
  });

  it.each(pairs(described))('of %s, the read-only %s may nothing', async (_name, person, description) => {
    const user: UserPrincipal = { ...world.people[person], isReadonly: true };
    const em = world.installation.as(user);
    const rows = await world.installation.asSystem().find<Row>(description.entity, {});

    for (const row of rows) {
      for (const action of ['create', 'update', 'delete'] as const) {
        expect(await description.policy.may(user, action, row, em)).toBe(false);
      }
    }
  });
});

describe('what a person may delete', () => {
  it.each(pairs(described))('of %s as the %s', async (name, person, description) => {
    const user = world.people[person];
    const em = world.installation.as(user);
    const all = await namesOf(NAMES[name] ?? `select id, name from ${underscored(name)}`);
    const only = ['User', 'Site'].includes(name) && person !== 'admin';
    const updates = await among(em, description.policy.change(user, 'update'), [...all.keys()]);

    const deletes = await among(em, description.policy.change(user, 'delete'), [...all.keys()]);

    expect(named(deletes, all)).toEqual(only ? [] : named(updates, all));
  });
});

describe('where a person may create', () => {
  it.each(pairs(described.filter(({ name }) => name in PLACES)))(
    '%s as the %s',
    async (name, person, description) => {
      const user = world.people[person];
      const places = await namesOf(PLACES[name]);
      const expected = person === 'admin' ? [...places.values()] : (CREATES[name]?.[person] ?? []);

      const allowed = await among(world.installation.as(user), description.policy.create(user), [
        ...places.keys(),
      ]);

      expect(named(allowed, places)).toEqual([...expected].sort());
    },
  );

  it.each(pairs(described.filter(({ name }) => !(name in PLACES))))(
    '%s nowhere as the %s',
    (name, person, description) => {
      const isDerived = ['Network', 'Port', 'Run'].includes(name);

      const rows = description.policy.create(world.people[person]);

      expect(rows).toBe(person === 'admin' && !isDerived ? 'all' : 'none');
    },
  );
});

function openUpdates(name: string, person: Person): readonly string[] {
  if (name === 'Site') return person === 'pi' || person === 'siteAdmin' ? ['lab'] : [];
  return [];
}

function adminMay(name: string, all: Map<number, string>): readonly string[] {
  return ['Network', 'Port', 'Run'].includes(name) ? [] : [...all.values()];
}

function underscored(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
