export {
  openApplications,
  perApplication,
  type Application,
  type ApplicationOptions,
} from './client/applications.ts';
export * from './answers/error-of.ts';
export * from './answers/parse-item.ts';
export * from './auth/token-source.ts';
export * from './budget/budget.ts';
export * from './budget/costs.ts';
export * from './budget/gate.ts';
export * from './client/open-graph.ts';
export * from './operations/columns.ts';
export * from './operations/delta.ts';
export * from './operations/item-calls.ts';
export * from './operations/items.ts';
export * from './operations/lists.ts';
export { GraphRefusedError } from './operations/refused.ts';
export * from './operations/sites.ts';
export * from './operations/subscriptions.ts';
export * from './port.ts';
