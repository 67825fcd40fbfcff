// `npm run status [-- --json]`: every part of the stack on this data folder, running or not.
import { ensureNpmPackages } from './bootstrap.mjs';
import { stackCommand } from './stack-command.mjs';

await ensureNpmPackages();
stackCommand('status', process.argv.slice(2));
