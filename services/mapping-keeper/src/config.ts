/** This service has no options of its own. */
export const options = {} as const;
