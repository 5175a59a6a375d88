import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const packages = fileURLToPath(new URL('packages', import.meta.url));

/** What every project needs: sources instead of builds, legacy decorators, and one copy of graphql. */
const shared: ViteUserConfig = {
  resolve: {
    alias: [
      { find: /^@tenon\/([^/]+)\/(.+)$/, replacement: `${packages}/$1/src/$2` },
      // Vite takes graphql's .mjs, the libraries outside Vite its .js: two copies refuse each other's schema.
      { find: /^graphql$/, replacement: 'graphql/index.js' },
    ],
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
  },
  oxc: {
    decorator: { legacy: true, emitDecoratorMetadata: false },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
};

const sources = ['packages', 'apps', 'scripts', 'test'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    teardownTimeout: 60_000,
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: sources.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.integration.test.*'],
          // They touch nothing that outlives them; reading every module anew for each file would take most of the time.
          isolate: false,
          testTimeout: 10_000,
          hookTimeout: 10_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: sources.map((folder) => `${folder}/**/*.integration.test.{ts,tsx}`),
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
