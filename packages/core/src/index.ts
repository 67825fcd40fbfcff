export * from './errors.ts';
export * from './generated/schemas.ts';
export * from './keys.ts';
export * from './outcome.ts';
export * from './topic.ts';
export * from './topics.ts';
export * from './topology.ts';
export * from './version.ts';
