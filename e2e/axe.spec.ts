import { expect, test, type Page } from '@playwright/test';
import axeCore from 'axe-core';

import { everyPage } from './pages.js';
import { enter, goTo, settled } from './sign-in.js';

/** What keeps people out. Lesser findings are looked at by hand. */
const GRAVE = ['critical', 'serious'];

interface Finding {
  id: string;
  impact?: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

declare const axe: { run(options: object): Promise<{ violations: Finding[] }> };

/** Axe comes into a document once: to read it anew for every look would take longer than the looks. */
async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => typeof axe === 'object'))) await page.evaluate(axeCore.source);
}

async function graveFindings(page: Page, rules?: string[]): Promise<string[]> {
  await bringAxe(page);
  const runOnly = rules && { type: 'rule', values: rules };
  const options = { resultTypes: ['violations'], ...(runOnly && { runOnly }) };
  const { violations } = await page.evaluate((chosen) => axe.run(chosen), options);
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
    );
}

/** Looks at the page in both themes; dark differs in nothing but colours. */
async function expectOpenToAll(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect.soft(await graveFindings(page), `${what}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect
    .soft(await graveFindings(page, ['color-contrast', 'link-in-text-block']), `${what}, dark`)
    .toEqual([]);
}

test('no page keeps anybody out', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto('/admin/login');
  await expectOpenToAll(page, 'login');
  await enter(page);
  await page.goto('/admin/');

  for (const { path } of await everyPage(page.request)) {
    await goTo(page, path);
    await settled(page);
    await expectOpenToAll(page, `/admin/${path}`);
  }
});

test('no dialog and no form with errors keeps anybody out', async ({ page }) => {
  await enter(page);

  await page.goto('/admin/exampleservice/exampleservice/create/slices');
  await page.getByRole('button', { name: 'Add another Slice' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Please correct the errors below.')).toBeVisible();
  await expectOpenToAll(page, 'a form with errors');

  await page.getByRole('tab', { name: 'Slices' }).click();
  await page.getByRole('button', { name: 'Add another Site' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectOpenToAll(page, 'the dialog of "+"');
});
