import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Calls that pass by the policy filter or the write guard (docs/decisions/0002). */
const GUARD_BYPASSES =
  /^(insert|insertMany|upsert|upsertMany|nativeInsert|nativeUpdate|nativeDelete|getConnection|execute)$/;

export default defineConfig(
  {
    ignores: ['**/dist/**', '**/dist-types/**', '**/node_modules/**', '.tenon/**', '.tenon-screenshots/**'],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      complexity: ['error', 14],
      'max-params': ['error', 4],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers and booleans print well; objects in a text are the mistake this rule is for.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // MikroORM, type-graphql and react-admin take classes and components that hold decorators only.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // `() => void promise` and short callbacks read better than braces around one call.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only a config.ts reads the environment.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: `MemberExpression[object.name=/^(em|entityManager)$/][property.name=${GUARD_BYPASSES}]`,
          message: 'This passes by the policy filter or the write guard; use a managed entity and flush.',
        },
        {
          selector: "Property[key.name='filters'][value.value=false]",
          message: 'Reading without policies is for the policy and store folders only.',
        },
      ],
    },
  },
  {
    files: ['**/config.ts', 'scripts/**', 'test/**', 'e2e/**', 'bench/**', '**/testing/**', '**/*.test.ts'],
    rules: {
      // These are the places where a process meets its environment, and a terminal its reader.
      'no-restricted-properties': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.spec.ts', '**/contract/**'],
    // A suite is a list of sentences; its length says nothing about its complexity.
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: [
      'packages/model/src/**',
      'packages/reconciler/src/store*.ts',
      'packages/reconciler/src/store/**',
      '**/*.test.ts',
      '**/testing/**',
    ],
    // The policy and store folders are what the rule protects.
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['apps/admin/**', 'packages/service-kit/src/admin/**', 'packages/services/src/*/admin.tsx'],
    ...reactHooks.configs.flat.recommended,
  },
  { files: ['**/*.mjs', '**/*.cjs', '*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
    rules: {
      'no-restricted-properties': 'off',
      'no-console': 'off',
      ...tseslint.configs.disableTypeChecked.rules,
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', exports: 'writable', __dirname: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
