import { expect, test } from '@playwright/test';

import { readConfig } from './config.js';
import { signIn } from './sign-in.js';

test('a wrong password is told and the right one leads to the page that was asked for', async ({ page }) => {
  await page.goto('/admin/core/site');
  await expect(page).toHaveURL(/\/admin\/login$/);

  await page.getByLabel('Email').fill(readConfig().email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('email and password');

  await page.getByLabel('Password').fill(readConfig().password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Select Site to change');
  await expect(page).toHaveURL(/\/admin\/core\/site$/);
});

test('who is signed in is asked for a handful of times, not in circles', async ({ page }) => {
  let asked = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('query Me') === true) asked += 1;
  });

  await page.goto('/admin/');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked).toBeLessThanOrEqual(5);

  await signIn(page);
  asked = 0;
  for (const entry of ['Sites', 'Slices', 'Users', 'Home']) {
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: entry, exact: true })
      .click();
    await page.waitForLoadState('networkidle');
  }
  expect(asked).toBeLessThanOrEqual(5);
});

test('nothing is logged as an error and nothing is fetched from elsewhere', async ({ page, baseURL }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL ?? '') && !request.url().startsWith('data:'))
      complaints.push(request.url());
  });

  await signIn(page);
  for (const path of [
    '',
    'core/slice',
    'exampleservice',
    'exampleservice/exampletenant/create',
    'documentation',
  ]) {
    await page.goto(`/admin/${path}`);
    await page.waitForLoadState('networkidle');
  }

  expect(complaints).toEqual([]);
});

test('log out ends the session and the next sign-in goes on from there', async ({ page }) => {
  await signIn(page);

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();

  await page.goto('/admin/core/user');
  await expect(page).toHaveURL(/\/admin\/login$/);
});
