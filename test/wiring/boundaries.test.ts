import { boundaryFaults, readSources } from '../../scripts/check-boundaries.ts';

test('every import is allowed, and none goes in a circle', () => {
  expect(boundaryFaults(readSources(process.cwd()))).toEqual([]);
});

describe('the check', () => {
  test.each([
    [
      'a service that imports another',
      'services/twenty-writer/src/main.ts',
      "import '@sync/mapping-keeper';",
    ],
    ['kafkajs outside of its folder', 'packages/runtime/src/service/x.ts', "import 'kafkajs';"],
    ['a file of core that reads files', 'packages/core/src/x.ts', "import 'node:fs';"],
    [
      'a relative path into another workspace',
      'services/twenty-writer/src/x.ts',
      "import '../../mapping-keeper/src/decide.ts';",
    ],
  ])('finds %s', (_, path, text) => {
    expect(boundaryFaults([{ path, text }])).toHaveLength(1);
  });

  test('finds a circle', () => {
    const circle = [
      { path: 'packages/core/src/a.ts', text: "import './b.ts';" },
      { path: 'packages/core/src/b.ts', text: "import './a.ts';" },
    ];
    expect(boundaryFaults(circle)).toEqual([
      'import cycle: packages/core/src/a.ts → packages/core/src/b.ts → packages/core/src/a.ts',
    ]);
  });
});
