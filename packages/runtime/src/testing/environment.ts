/** A variable that the test run sets; throws when it is missing. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(
      `${name} is not set: run the integration tests through \`npm test\`, which starts the parts`,
    );
  return value;
}
