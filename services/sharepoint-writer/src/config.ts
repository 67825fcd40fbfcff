import { GRAPH_OPTIONS } from '@sync/runtime';

export const options = GRAPH_OPTIONS;

/** The part of the quota that writes may use; delta reads and list keeping have the rest. */
export const BUDGET_SHARE = 0.75;
