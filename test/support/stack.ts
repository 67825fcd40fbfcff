/** The running stack that a test was given. */

/** A variable of the stack's environment; fails with what to do when there is no stack. */
export function stackVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(
      `${name} is not set: these tests need a running stack. \`npm test\` starts one; against a running \`npm start\`, take the env of \`npm run status -- --json\``,
    );
  }
  return value;
}
