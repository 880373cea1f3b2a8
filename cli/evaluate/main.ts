import { evaluateCommand } from './command';

// npm run evaluate -- content: how often whoever chooses content chooses what a customer success manager would
void evaluateCommand(process.argv.slice(2), {
	env: process.env,
	tell: (text) => process.stdout.write(text),
	complain: (text) => process.stderr.write(text),
}).then((code) => {
	process.exitCode = code;
});
