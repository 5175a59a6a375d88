import { expect, test, type Page } from '@playwright/test';

import { query } from './api.js';
import { signIn } from './sign-in.js';
import { curl, isSilent } from './machine.js';

/**
 * The tutorial as a person does it in a browser, A1 to A15 of the acceptance walk, against a running installation with real
 * instances. The steps build on each other; on an installation that was used before, names get a suffix.
 */
test.describe.configure({ mode: 'serial', timeout: 240_000 });

/** A machine is made and configured in this time, downloads of packages included. */
const PROVISIONING = { timeout: 180_000 };
const DELETION = { timeout: 60_000 };

let page: Page;
let names = { service: 'MyExample', slice: 'mysite_exampleservice', isFresh: true };
const tenants: Tenant[] = [];

interface Tenant {
  id: number;
  label: string;
  address: string;
}

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await signIn(page);
  names = await pickNames(page);
});

test.afterAll(async () => {
  await page.close();
});

test('A1 the left menu and the welcome', async () => {
  await page.goto('/admin/');
  const menu = page.getByRole('navigation', { name: 'Main' });
  for (const entry of ['Home', 'Deployments', 'Sites', 'Slices', 'Users', 'Services']) {
    await expect(menu.getByRole('link', { name: entry, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, padmin@vicci.org');
});

test('A2 the administration of the example service', async () => {
  await page.goto('/admin/exampleservice');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Exampleservice administration');
  for (const row of ['Example Services', 'Example Tenants']) {
    const cells = page.getByRole('row', { name: row });
    await expect(cells.getByRole('link', { name: 'Change' })).toHaveText('Change');
    await expect(cells.getByRole('link', { name: 'Add' })).toHaveText('Add');
  }
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toHaveText('Home/Exampleservice');
  const account = page.getByRole('navigation', { name: 'Account' });
  await expect(account).toContainText('Documentation');
  await expect(account).toContainText('Change password');
  await expect(account).toContainText('Log out');
});

test('A3 the list of example services', async () => {
  await page.getByRole('link', { name: 'Change Example Services' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Select Example Service to change');
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toHaveText(
    'Home/Exampleservice/Example Services',
  );
  await page.getByRole('main').getByRole('link', { name: 'Add Example Service' }).click();
});

test('A4 the form of a new service', async () => {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add Example Service');
  await expect(page.getByRole('tab', { name: 'Example Service Details' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(page.getByRole('tab', { name: 'Slices' })).toBeVisible();
  await expect(page.getByTestId('status-text')).toHaveText(
    'Pending sync, last_status = 0 - Provisioning in progress',
  );
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription('Service Name');
  await expect(page.getByLabel('Enabled')).toBeChecked();
  await expect(page.getByLabel('VersionNumber')).toHaveAccessibleDescription('Version of Service Definition');
  await expect(page.getByLabel('Description')).toBeVisible();
});

test('A5 bad slices are refused beside their fields', async () => {
  await page.getByLabel('Name', { exact: true }).fill(names.service);
  await page.getByLabel('VersionNumber').fill('1');
  await page.getByRole('tab', { name: 'Slices' }).click();
  await page.getByRole('button', { name: 'Add another Slice' }).click();
  const slice = page.getByRole('textbox', { name: 'Name' });
  await expect(slice).toHaveValue('mysite_');
  await save(page);
  await expect(page.getByRole('tabpanel', { name: 'Slices' })).toContainText('This field is required.');

  await page.getByRole('combobox', { name: 'Site' }).click();
  await page.getByRole('option', { name: 'mysite', exact: true }).click();
  const refusals = [
    ['other_name', /must begin with/],
    ['mysite_with blank', /must not contain spaces/],
    ['mysite_', /too short/],
  ] as const;
  for (const [name, sentence] of refusals) {
    await slice.fill(name);
    await save(page);
    await expect(page.getByRole('tabpanel', { name: 'Slices' })).toContainText(sentence);
  }
  const { list } = await query<{ list: { totalCount: number } }>(
    page.request,
    'query ($name: String!) { list: exampleServices(filter: { name: $name }) { totalCount } }',
    { name: names.service },
  );
  expect(list.totalCount, 'services that were saved in spite of the errors').toBe(0);
  await slice.fill(names.slice);
});

test('A6 the service is added', async () => {
  await save(page);
  await expect(
    page.getByText(`Success! The Example Service "${names.service}" was added successfully.`),
  ).toBeVisible();
  const row = page.getByRole('row', { name: names.service });
  await expect(row.getByRole('checkbox')).toBeVisible();
  await expect(row.locator('[data-state]')).toBeVisible();
  await expect(row.getByRole('link', { name: names.service, exact: true })).toBeVisible();
  await expect(row.getByRole('img', { name: 'Yes' })).toBeVisible();
});

test('A7 the default image of the slice', async () => {
  await page.goto('/admin/core/slice');
  await page.getByRole('link', { name: names.slice, exact: true }).click();
  for (const tab of ['Slice Details', 'Networks', 'Privileges', 'Instances']) {
    await expect(page.getByRole('tab', { name: tab })).toBeVisible();
  }
  await page.getByRole('combobox', { name: 'Default image' }).click();
  await page.getByRole('option').first().click();
  await save(page);
  await expect(page.getByText(`Success! The Slice "${names.slice}" was changed successfully.`)).toBeVisible();
});

test('A8 the form of a new tenant and what it refuses', async () => {
  await page.goto('/admin/exampleservice');
  await page.getByRole('row', { name: 'Example Tenants' }).getByRole('link', { name: 'Add' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add Example Tenant');
  await expect(page.getByRole('tab', { name: 'Details' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('status-text')).toHaveText(
    'Pending sync, last_status = 0 - Provisioning in progress',
  );
  await expect(page.getByLabel('Kind')).toHaveValue('exampleservice');
  await expect(page.getByLabel('Kind')).not.toBeEditable();
  await expect(page.getByRole('combobox', { name: 'Provider service' })).toHaveValue(
    names.isFresh ? 'MyExample' : /.+/,
  );
  await expect(page.getByRole('button', { name: 'Add another Example Service' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Creator' })).toHaveValue('padmin@vicci.org');
  await expect(page.getByLabel('Tenant message')).toHaveAccessibleDescription('Tenant Message to Display');

  await save(page);
  await expect(page.getByText('This field is required.')).toBeVisible();
  await page.getByLabel('Tenant message').fill('x'.repeat(255));
  await save(page);
  await expect(page.getByText(/at most 254 characters/)).toBeVisible();
  await chooseProvider(page, names.service);
});

test('A9 the tenant is added', async () => {
  const tenant = await addTenant(page, 'Example Tenant example text');
  if (names.isFresh) expect(tenant.label).toBe('exampleservice-tenant-1');
  const row = page.locator(`tr[data-id="${tenant.id}"]`);
  for (const column of ['id', 'status', 'instance', 'tenantMessage']) {
    await expect(row.locator(`.tenon-cell-${column}`).getByRole('link')).toBeVisible();
  }
  tenants.push(tenant);
});

test('A10, A11 while it waits nothing is an error, and the list turns green by itself', async () => {
  const [tenant] = tenants;
  if (!tenant) throw new Error('there is no tenant: A9 did not pass');
  const status = page.locator(`tr[data-id="${tenant.id}"] [data-state]`);
  const seen = new Set<string>();
  await expect(async () => {
    seen.add((await status.getAttribute('data-state')) ?? '');
    expect(await status.getAttribute('data-state')).toBe('IN_SYNC');
  }).toPass(PROVISIONING);
  expect([...seen]).not.toContain('ERROR');

  await page.goto('/admin/core/slice');
  await page.getByRole('link', { name: names.slice, exact: true }).click();
  await page.getByRole('tab', { name: 'Instances' }).click();
  await expect(page).toHaveURL(/\/instances$/);
  const row = page.getByRole('tabpanel', { name: 'Instances' }).getByRole('row').nth(1);
  await expect(row).toContainText(/10\.\d+\.\d+\.\d+, 10\.\d+\.\d+\.\d+/);
  for (const text of [`${names.slice}-`, 'MyDeployment', 'm1.small']) await expect(row).toContainText(text);
  await row.getByRole('link', { name: `${names.slice}-` }).click();
  await expect(page.getByRole('region', { name: 'How it is reached' })).toContainText('ssh ');
});

test('A12 the page of the tenant shows where it is reached, and curl prints the message', async () => {
  const [tenant] = tenants;
  if (!tenant) throw new Error('there is no tenant: A9 did not pass');
  await page.goto(`/admin/exampleservice/exampletenant/${tenant.id}`);
  const facts = page.getByRole('region', { name: 'Where it is reached' });
  const command = await facts.getByText(/^curl /).innerText();
  tenant.address = command.replace('curl ', '');
  expect(await curl(tenant.address)).toBe('Example Tenant example text\n');
  await expect(facts).toContainText('Succeeded');
  await expect(page.getByTestId('status-text')).toHaveText('successfully enacted');
});

test('A13 a changed message leaves "in sync" at once and is served on the same machine', async () => {
  const [tenant] = tenants;
  if (!tenant) throw new Error('there is no tenant: A9 did not pass');
  await page.getByLabel('Tenant message').fill('Another example text');
  await page.getByRole('button', { name: 'Save and continue editing' }).click();
  await expect(
    page.getByText(`Success! The Example Tenant "${tenant.label}" was changed successfully.`),
  ).toBeVisible();
  await expect(async () => expect(await curl(tenant.address)).toBe('Another example text\n')).toPass({
    timeout: 30_000,
  });
  await expect(page.getByTestId('status-text')).toHaveText('successfully enacted', { timeout: 30_000 });

  await page.getByRole('tab', { name: 'Runs' }).click();
  await page
    .getByRole('tabpanel', { name: 'Runs' })
    .getByRole('row')
    .nth(1)
    .getByRole('link')
    .first()
    .click();
  const output = page.getByRole('log', { name: 'Tasks' });
  await expect(output).toContainText('PLAY [');
  await expect(output).toContainText('TASK [');
  await expect(output).toContainText('PLAY RECAP');
});

test('A14 a second tenant has a machine of its own', async () => {
  const [first] = tenants;
  if (!first) throw new Error('there is no tenant: A9 did not pass');
  await page.goto('/admin/exampleservice/exampletenant/create');
  await chooseProvider(page, names.service);
  const second = await addTenant(page, 'The second tenant');
  await page.goto(`/admin/exampleservice/exampletenant/${second.id}`);
  await expect(page.getByTestId('status-text')).toHaveText('successfully enacted', PROVISIONING);
  second.address = (await page.getByText(/^curl /).innerText()).replace('curl ', '');
  tenants.push(second);

  expect(second.address).not.toBe(first.address);
  expect(await curl(second.address)).toBe('The second tenant\n');
  expect(await curl(first.address)).toBe('Another example text\n');
});

test('A15 deleting a tenant names its instance, takes it down, and leaves the other alone', async () => {
  const [first, second] = tenants;
  if (!first || !second) throw new Error('there are no two tenants: A14 did not pass');
  await page.goto(`/admin/exampleservice/exampletenant/${first.id}`);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Example Tenant?' });
  await expect(dialog).toContainText(first.label);
  await expect(dialog).toContainText(`${names.slice}-`);
  await dialog.getByRole('button', { name: 'Delete Example Tenant' }).click();

  await expect(page.getByText(`The Example Tenant "${first.label}" is being deleted.`)).toBeVisible();
  await expect(page.locator(`tr[data-id="${second.id}"]`)).toBeVisible();
  await expect(page.locator(`tr[data-id="${first.id}"]`)).toHaveCount(0, DELETION);
  await expect(async () => expect(await isSilent(first.address)).toBe(true)).toPass(DELETION);
  expect(await curl(second.address)).toBe('The second tenant\n');
});

test('A15 a service with tenants is not deleted, which is said before one confirms', async () => {
  await page.goto('/admin/exampleservice/exampleservice');
  await page.getByRole('link', { name: names.service, exact: true }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Example Service?' });
  await expect(dialog.getByRole('alert')).toContainText(tenants[1]?.label ?? '');
  await expect(dialog.getByRole('button', { name: 'Delete Example Service' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

async function save(on: Page): Promise<void> {
  await on.getByRole('button', { name: 'Save', exact: true }).click();
}

async function chooseProvider(on: Page, service: string): Promise<void> {
  const chooser = on.getByRole('combobox', { name: 'Provider service' });
  // The form fills in the first service by itself, a moment after it opened.
  await expect(chooser).not.toHaveValue('');
  if ((await chooser.inputValue()) === service) return;
  await chooser.fill(service);
  await on.getByRole('option', { name: service, exact: true }).click();
}

/** Fills in the message of the open form, saves, and reads from the banner which tenant it became. */
async function addTenant(on: Page, message: string): Promise<Tenant> {
  await on.getByLabel('Tenant message').fill(message);
  await save(on);
  const banner = on.getByRole('status').filter({ hasText: 'was added successfully.' });
  await expect(banner).toHaveText(
    /^Success! The Example Tenant "exampleservice-tenant-\d+" was added successfully\.$/,
  );
  const id = Number(/tenant-(\d+)/.exec(await banner.innerText())?.[1]);
  return { id, label: `exampleservice-tenant-${id}`, address: '' };
}

/** The tutorial's own names on a new installation, else names with a suffix. */
async function pickNames(on: Page): Promise<typeof names> {
  const document =
    '{ services: exampleServices(perPage: 1) { totalCount } slices(perPage: 1) { totalCount } }';
  const { services, slices } = await query<Record<'services' | 'slices', { totalCount: number }>>(
    on.request,
    document,
  );
  if (services.totalCount + slices.totalCount === 0) return names;
  const suffix = Date.now().toString(36);
  return { service: `MyExample${suffix}`, slice: `mysite_example${suffix}`, isFresh: false };
}
