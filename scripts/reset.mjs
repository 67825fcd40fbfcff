// `npm run reset`: wipes the data folder of a stack that does not run.
import { ensureNpmPackages } from './bootstrap.mjs';
import { stackCommand } from './stack-command.mjs';

await ensureNpmPackages();
stackCommand('reset', process.argv.slice(2));
