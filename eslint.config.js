import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const PURE = ['decide', 'plan', 'settle', 'normalise', 'raw-row', 'accept', 'reconcile', 'commands', 'sight', 'situation', 'labels', 'watch', 'known'];

export default tseslint.config(
  { ignores: ['node_modules/', '.data/', '.jvm/', 'build/', 'coverage/', 'packages/core/src/generated/', '**/page/**/*.js'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Numbers and booleans in templates are what templates are for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `async` without `await` is how a synchronous decision fits an asynchronous port.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-imports': ['error', { patterns: [{ group: ['@sync/*/*'], message: 'Enter a package by its index only.' }] }],
    },
  },
  {
    files: [`services/*/src/{${PURE.join(',')}}.ts`, 'services/conflict-detector/src/brain/*.ts', 'packages/core/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...['process', 'setTimeout', 'setInterval', 'fetch', 'console'].map((name) => ({ name, message: 'Pure code: take it as an argument.' }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure code: take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Pure code: take randomness as an argument.' },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.cjs', '*.js'], extends: [tseslint.configs.disableTypeChecked], languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', Buffer: 'readonly', fetch: 'readonly' } } },
  { files: ['**/*.test.ts'], rules: { '@typescript-eslint/no-confusing-void-expression': 'off' } },
);
