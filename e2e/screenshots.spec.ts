import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@playwright/test';

import { readConfig } from './config.js';
import { everyPage } from './pages.js';
import { enter, settled } from './sign-in.js';

const { screenshotsDir } = readConfig();
const WIDTHS = [1440, 390];
const THEMES = ['light', 'dark'] as const;

for (const theme of THEMES) {
  for (const width of WIDTHS) {
    test(`every page, ${theme}, ${width} px`, async ({ page }) => {
      test.setTimeout(600_000);
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 900 });
      const folder = join(screenshotsDir, `${theme}-${width}`);
      await mkdir(folder, { recursive: true });
      await page.goto('/admin/login');
      await page.screenshot({ path: join(folder, 'login.png'), fullPage: true });
      await enter(page);

      for (const { name, path } of await everyPage(page.request)) {
        await page.goto(`/admin/${path}`);
        await settled(page);
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      }
    });
  }
}
