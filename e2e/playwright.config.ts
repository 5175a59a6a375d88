import { defineConfig, devices } from '@playwright/test';

import { readConfig } from './config.js';

const { url, chromiumPath, isRoot } = readConfig();

/**
 * Tests of a running installation in a real browser. `screenshots` is a project of its own: it looks at pages instead of
 * judging them, and is run by `npm run screenshots`.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // One installation is shared by all tests, and its machines by the host.
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  // A busy machine takes its time for a test of many steps; what hangs is found by the limits of single actions.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    // A trace slows every step: --trace=on is for whoever looks for a reason.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
      args: isRoot ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    // First, on an installation as new as a newcomer's; what it leaves behind gives the other pages something to show.
    { name: 'tutorial', testMatch: 'tutorial.spec.ts' },
    { name: 'pages', testMatch: ['sign-in.spec.ts', 'forms.spec.ts', 'axe.spec.ts'] },
    { name: 'screenshots', testMatch: 'screenshots.spec.ts' },
  ],
});
