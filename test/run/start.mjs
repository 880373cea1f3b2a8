import { rmSync } from 'node:fs';
import { demo } from './house.mjs';
import { handOver } from './handOver.mjs';
import { freePorts } from './ports.mjs';
import { prepare } from './prepare.mjs';
import { giveUp, trouble } from './trouble.mjs';

// npm start [-- --reset]: a real n8n with the journeys, a mailbox and sample customers, on a machine with Node and npm
try {
	const [unknown] = process.argv.slice(2).filter((argument) => argument !== '--reset');
	if (unknown !== undefined)
		throw trouble(
			`npm start does not know ${unknown}; it knows --reset, as in npm start -- --reset`,
		);
	const ports = await freePorts();
	if (process.argv.includes('--reset')) rmSync(demo, { recursive: true, force: true });
	await prepare();
	process.exitCode = await handOver(['--import', 'tsx', 'test/n8n/demo.ts'], { env: ports });
} catch (error) {
	giveUp(error);
}
