import { fillVariables, parseWorkspaces } from './workspace-file.ts';

const WORKSPACE = {
  workspaceId: '20202020-1c25-4d02-bf25-6aeccf7ea419',
  tenant: {
    id: '11111111-2222-4333-8444-555555555555',
    clientId: '11111111-2222-4333-8444-666666666666',
    secretEnv: 'CRM_SECRET',
  },
  site: { host: 'demo.sharepoint.example', path: '/sites/crm' },
  objects: [{ name: 'company', list: 'Companies' }],
};

test('what is left out has a default', () => {
  const parsed = parseWorkspaces({ workspaces: [WORKSPACE] });
  expect(parsed).toMatchObject({
    ok: true,
    configs: [
      {
        enabled: true,
        skewMs: 2000,
        tieWinner: 'twenty',
        objects: [{ lane: 'p0', strategy: 'lastWriteWins', pollSeconds: 5 }],
      },
    ],
  });
});

test('all mistakes are told at once, each with its path and what would be right', () => {
  const wrong = {
    ...WORKSPACE,
    workspaceId: 'X',
    tenant: { ...WORKSPACE.tenant, secretEnv: 'hunter2!' },
    objects: [{ name: 'compny', list: 'Companies', lane: 'p9', strategie: 'x' }],
  };
  const parsed = parseWorkspaces({ workspaces: [wrong] });
  expect(parsed.ok ? [] : parsed.mistakes).toEqual([
    'workspaces[0].workspaceId: must be a UUID in lower case',
    'workspaces[0].tenant.secretEnv: must be the name of an environment variable; the secret itself never stands here',
    'workspaces[0].objects[0].strategie: is not known here; known are name, list, lane, strategy, fieldStrategies, pollSeconds, massDeleteLimit, massOverwriteLimit, adopt',
    'workspaces[0].objects[0].name: must be one of company, person, opportunity',
    'workspaces[0].objects[0].lane: must be one of p0, p1, p2, p3',
  ]);
});

test('variables are filled from the environment', () => {
  expect(fillVariables('id: ${TENANT} ${NONE}', { TENANT: 't1' })).toBe('id: t1 ${NONE}');
});

test('an empty file says what is missing', () => {
  expect(parseWorkspaces({})).toEqual({
    ok: false,
    mistakes: ['workspaces: is missing; it must be a list with at least one entry'],
  });
});

test('a strategy holds for the workspace, the object or the field, whichever is named last', () => {
  const objects = [
    { name: 'company', list: 'Companies', fieldStrategies: { address: 'fieldMerge', alive: 'manualReview' } },
    { name: 'person', list: 'People', strategy: 'lastWriteWins' },
  ];
  const parsed = parseWorkspaces({ workspaces: [{ ...WORKSPACE, strategy: 'twentyPriority', objects }] });
  expect(parsed.ok && parsed.configs[0]?.objects).toMatchObject([
    { strategy: 'twentyPriority', fieldStrategies: { address: 'fieldMerge', alive: 'manualReview' } },
    { strategy: 'lastWriteWins', fieldStrategies: {} },
  ]);
});

test('a strategy for a field that the object does not have is a mistake', () => {
  const objects = [{ name: 'company', list: 'Companies', fieldStrategies: { colour: 'manualReview' } }];
  const parsed = parseWorkspaces({ workspaces: [{ ...WORKSPACE, objects }] });
  expect(parsed.ok ? [] : parsed.mistakes).toEqual([
    expect.stringContaining('fieldStrategies.colour: is not known here; known are alive, identity, name'),
  ]);
});
