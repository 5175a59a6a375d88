import { expect, type Page } from '@playwright/test';

import { query } from './api.js';
import { readConfig } from './config.js';

const { email, password } = readConfig();

/** Signs in through the login page, as a person does. */
export async function signIn(
  page: Page,
  as: { email: string; password: string } = { email, password },
): Promise<void> {
  await page.goto('/admin/login');
  await page.getByLabel('Email').fill(as.email);
  await page.getByLabel('Password').fill(as.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: as.email })).toBeVisible();
}

/** Begins a session without the pages, for tests of something else than signing in. */
export async function enter(
  page: Page,
  as: { email: string; password: string } = { email, password },
): Promise<void> {
  const document =
    'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { id } }';
  await query(page.request, document, as);
}

/** Goes to a page as a link does, without loading the whole UI again: sixty pages of a test would take minutes. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', `/admin/${to}`);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }, path);
}

/** Lets the page settle: nothing is loading and what it shows is there. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-label=Loading], .MuiSkeleton-root')).toHaveCount(0);
}
