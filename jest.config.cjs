// The suffix of a test says what it needs: `.test.ts` nothing at all, `.int.test.ts` real parts,
// `.e2e.test.ts` the whole running pipeline.
const shared = {
  testEnvironment: 'node',
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  roots: ['<rootDir>/packages', '<rootDir>/services', '<rootDir>/test'],
  modulePathIgnorePatterns: ['<rootDir>/.data', '<rootDir>/build'],
};

// Every unit test's properties; see there how to hunt further.
const reproducible = { setupFilesAfterEnv: ['<rootDir>/test/support/properties.ts'] };

const patient = { setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'] };

module.exports = {
  projects: [
    {
      ...shared,
      ...reproducible,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|mutants)\\.test\\.ts$'],
    },
    { ...shared, ...patient, displayName: 'int', testMatch: ['**/*.int.test.ts'] },
    // Rules taken out and bugs planted: every one must be caught. Long, so it has a command of its own.
    { ...shared, ...patient, displayName: 'mutants', testMatch: ['**/*.mutants.test.ts'] },
    { ...shared, ...patient, displayName: 'e2e', testMatch: ['**/*.e2e.test.ts'] },
  ],
};
