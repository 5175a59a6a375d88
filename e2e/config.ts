import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';

/** What the browser tests take from their environment. */
export interface E2eConfig {
  /** The running installation that is tested. */
  url: string;
  email: string;
  password: string;
  /** The browser; undefined leaves the choice to Playwright, whose own message then says how to install one. */
  chromiumPath: string | undefined;
  /** Chromium refuses its sandbox to root. */
  isRoot: boolean;
  /** Folder for `npm run screenshots`. */
  screenshotsDir: string;
}

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Reads the environment: TENON_URL, TENON_ADMIN_PASSWORD, PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH, TENON_SCREENSHOTS. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): E2eConfig {
  return {
    url: env['TENON_URL'] ?? 'http://localhost:9999',
    email: env['TENON_ADMIN_EMAIL'] ?? 'padmin@vicci.org',
    password: env['TENON_ADMIN_PASSWORD'] ?? 'letmein',
    chromiumPath: findChromium(env['PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH']),
    isRoot: process.getuid?.() === 0,
    screenshotsDir: resolve(env['TENON_SCREENSHOTS'] ?? '.tenon-screenshots'),
  };
}

/** The browser that was named, else the one of `playwright install`, else the system's. */
function findChromium(named: string | undefined): string | undefined {
  if (named !== undefined && named !== '') return named;
  return [chromium.executablePath(), ...SYSTEM_BROWSERS].find((path) => path !== '' && existsSync(path));
}
