import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const PURE = [
  'decide',
  'plan',
  'settle',
  'normalise',
  'raw-row',
  'accept',
  'reconcile',
  'commands',
  'sight',
  'situation',
  'labels',
  'watch',
  'known',
];

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '.data/',
      '.jvm/',
      'build/',
      'coverage/',
      'packages/core/src/generated/',
      '**/page/**/*.js',
    ],
  },
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
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `async` without `await` is how a synchronous decision fits an asynchronous port.
      '@typescript-eslint/require-await': 'off',
      // `return report(x)` in an arrow is the shortest honest form of a forward.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Ports are closures here, not objects with `this`: taking one apart is safe.
      '@typescript-eslint/unbound-method': 'off',
      // A leading underscore says: taken apart on purpose, not needed.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@sync/*/*'], message: 'Enter a package by its index only.' }] },
      ],
    },
  },
  {
    files: [
      `services/*/src/{${PURE.join(',')}}.ts`,
      'services/conflict-detector/src/brain/*.ts',
      'packages/core/src/**/*.ts',
    ],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'setTimeout', 'setInterval', 'fetch', 'console'].map((name) => ({
          name,
          message: 'Pure code: take it as an argument.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure code: take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Pure code: take randomness as an argument.' },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      // jest types its matchers (expect.any, expect.objectContaining) as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
