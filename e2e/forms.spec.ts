import { expect, test, type Page } from '@playwright/test';

import { query } from './api.js';
import { enter, signIn } from './sign-in.js';

/** Names of its own, so that a run finds nothing of the run before it. */
const mark = Date.now().toString(36);

test.beforeEach(async ({ page }) => {
  await enter(page);
});

async function createSite(page: Page, name: string): Promise<number> {
  const document = 'mutation ($input: CreateSiteInput!) { site: createSite(input: $input) { id } }';
  const loginBase = `s${name.replaceAll(/[^a-z0-9]/g, '')}`;
  const { site } = await query<{ site: { id: number } }>(page.request, document, {
    input: { name, loginBase },
  });
  return site.id;
}

async function createUser(page: Page, email: string): Promise<number> {
  const document = 'mutation ($input: CreateUserInput!) { user: createUser(input: $input) { id } }';
  const { sites } = await query<{ sites: { items: { id: number }[] } }>(
    page.request,
    '{ sites(perPage: 1) { items { id } } }',
  );
  const input = { email, firstname: 'No', lastname: 'Body', siteId: sites.items[0]?.id };
  const { user } = await query<{ user: { id: number } }>(page.request, document, { input });
  return user.id;
}

test('errors stand beside their fields, the first is in focus, and nothing that was typed is lost', async ({
  page,
}) => {
  await page.goto('/admin/core/site/create');
  await page.getByLabel('Abbreviated name').fill('kept');
  await page.getByLabel('Login base').fill('Not A Login Base');
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(page.getByText('Please correct the errors below.')).toBeVisible();
  await expect(page.getByText('Use lower-case letters, digits and hyphens')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Abbreviated name')).toHaveValue('kept');
});

test('what only the server knows comes back beside the field', async ({ page }) => {
  await page.goto('/admin/core/site/create');
  await page.getByLabel('Name', { exact: true }).fill('Another');
  await page.getByLabel('Login base').fill('mysite');
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(page.locator('[id$="-error"]')).toContainText(/exists|taken|unique/i);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Another');
});

test('leaving a changed form asks first, saving does not', async ({ page }) => {
  await page.goto('/admin/core/site/create');
  await page.getByLabel('Name', { exact: true }).fill(`Warned ${mark}`);

  const asked = page.waitForEvent('dialog').then((dialog) => dialog.dismiss());
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await asked;
  await expect(page).toHaveURL(/core\/site\/create$/);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(`Warned ${mark}`);

  await page.getByLabel('Login base').fill(`warned${mark}`);
  page.once('dialog', () => {
    throw new Error('a save asked whether to leave');
  });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'was added successfully.' })).toBeVisible();
});

test('the three ways to save lead to the list, the same form and an empty form', async ({ page }) => {
  const id = await createSite(page, `three ${mark}`);
  await page.goto(`/admin/core/site/${id}`);

  await page.getByLabel('Abbreviated name').fill('one');
  await page.getByRole('button', { name: 'Save and continue editing' }).click();
  await expect(page.getByText(`Success! The Site "three ${mark}" was changed successfully.`)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`core/site/${id}$`));

  await page.getByLabel('Abbreviated name').fill('two');
  await page.getByRole('button', { name: 'Save and add another' }).click();
  await expect(page).toHaveURL(/core\/site\/create$/);
  await expect(page.getByLabel('Abbreviated name')).toHaveValue('');

  await page.goto(`/admin/core/site/${id}`);
  await expect(page.getByLabel('Abbreviated name')).toHaveValue('two');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Select Site to change' })).toBeVisible();
});

test("somebody else's change is shown while one is typing, and is not overwritten unasked", async ({
  page,
}) => {
  const id = await createSite(page, `both ${mark}`);
  await page.goto(`/admin/core/site/${id}`);
  await page.getByLabel('Abbreviated name').fill('mine');

  const document =
    'mutation ($id: Int!) { updateSite(id: $id, input: { abbreviatedName: "theirs" }) { id } }';
  await query(page.request, document, { id });
  await expect(page.getByText('Abbreviated name is now "theirs"')).toBeVisible();
  await expect(page.getByLabel('Abbreviated name')).toHaveValue('mine');

  await page.getByRole('button', { name: 'Save and continue editing' }).click();
  await expect(
    page
      .getByRole('alert')
      .filter({ hasText: /changed/i })
      .first(),
  ).toBeVisible();
  await expect(page.getByLabel('Abbreviated name')).toHaveValue('mine');

  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save and continue editing' }).click();
  await expect(page.getByText('was changed successfully.')).toBeVisible();
});

test('"+" beside a reference makes the missing object and comes back with it chosen', async ({ page }) => {
  await page.goto('/admin/core/node/create');
  await page.getByLabel('Name', { exact: true }).fill('kept while adding');
  await page.getByRole('button', { name: 'Add another Site' }).click();

  const dialog = page.getByRole('dialog', { name: 'Add Site' });
  await dialog.getByLabel('Name', { exact: true }).fill(`plus ${mark}`);
  await dialog.getByLabel('Login base').fill(`plus${mark}`);
  await dialog.getByRole('button', { name: 'Add Site' }).click();

  await expect(dialog).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Site' })).toHaveValue(`plus ${mark}`);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('kept while adding');
});

test('a list follows a change without a reload, and its search is part of the address', async ({ page }) => {
  const id = await createSite(page, `live ${mark}`);
  await page.goto('/admin/core/site');
  await page.getByRole('searchbox').fill(`live ${mark}`);
  await expect(page).toHaveURL(new RegExp('filter='));
  await expect(page.getByRole('link', { name: `live ${mark}` })).toBeVisible();

  const document =
    'mutation ($id: Int!, $name: String!) { updateSite(id: $id, input: { name: $name }) { id } }';
  await query(page.request, document, { id, name: `live ${mark} renamed` });
  await expect(page.getByRole('link', { name: `live ${mark} renamed` })).toBeVisible({ timeout: 2_000 });

  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue(`live ${mark}`);
});

test('deleting names what goes, and takes it away', async ({ page }) => {
  const id = await createSite(page, `gone ${mark}`);
  await page.goto(`/admin/core/site/${id}`);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();

  const dialog = page.getByRole('dialog', { name: 'Delete Site?' });
  await expect(dialog).toContainText(`gone ${mark}`);
  await dialog.getByRole('button', { name: 'Delete Site' }).click();

  await expect(page.getByText(`The Site "gone ${mark}" was deleted.`)).toBeVisible();
  await page.goto(`/admin/core/site/${id}`);
  await expect(page.getByRole('heading', { name: 'No such Site' })).toBeVisible();
});

test('a user without privileges finds pages that work, and nothing of anybody else', async ({
  page,
  browser,
}) => {
  const email = `nobody-${mark}@example.org`;
  const id = await createUser(page, email);
  await page.goto(`/admin/core/user/${id}`);
  await page.getByLabel('New password').fill('a password for a while');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText(`The password of ${email} was set.`)).toBeVisible();

  const other = await browser.newPage();
  await signIn(other, { email, password: 'a password for a while' });
  await expect(other.getByText('Your password was set by somebody else.')).toBeVisible();
  for (const path of [
    'core/slice',
    'exampleservice/exampleservice',
    'exampleservice/exampletenant',
    'core/run',
  ]) {
    await other.goto(`/admin/${path}`);
    await expect(other.getByRole('heading', { level: 2, name: /^No .* yet$/ })).toBeVisible();
  }

  await other.goto('/admin/change-password');
  await other.getByLabel('Current password').fill('a password for a while');
  await other.getByLabel('New password', { exact: true }).fill('a password of my own');
  await other.getByLabel('New password again').fill('a password of my own');
  await other.getByRole('button', { name: 'Change password' }).click();
  await expect(other.getByText('Your password was changed.')).toBeVisible();
  await other.goto('/admin/');
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(`Welcome, ${email}`);
  await expect(other.getByText('Your password was set by somebody else.')).toBeHidden();
  await other.close();
});
