// `npm start`: installs what is missing, then runs the whole pipeline on this machine until Ctrl-C.
import { bootstrap } from './bootstrap.mjs';
import { stackCommand } from './stack-command.mjs';

try {
  await bootstrap();
  stackCommand('start', process.argv.slice(2));
} catch (error) {
  console.error(`start failed: ${error.message}`);
  process.exitCode = 1;
}
