// Real parts start as fast as the machine lets them; what must be quick is measured, not guarded by a test's limit.
jest.setTimeout(60_000);
