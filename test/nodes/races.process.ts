import { z } from 'zod/v4';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node.js';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node.js';
import { sweep, type Racer } from './races.setup';

/** Another n8n process: says `ready`, and answers each message, sweeps to run at once, with what they handed out. */
const json = z.record(z.string(), z.json());
const toDo = z.object({
	userFolder: z.string(),
	postgres: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
	sweeps: z.array(
		z.object({
			accounts: z.array(json),
			events: z.array(json).optional(),
			now: z.number(),
			touchesPerRun: z.number().optional(),
		}),
	),
});

async function work(message: unknown): Promise<void> {
	const { userFolder, postgres, sweeps } = toDo.parse(message);
	process.env.N8N_USER_FOLDER = userFolder;
	const racer: Racer = { journey: new CustomerJourney(), ledger: new JourneyLedger(), postgres };
	process.send?.({ swept: await Promise.all(sweeps.map((one) => sweep(racer, one))) });
}

process.on('message', (message) => {
	work(message).catch((error: unknown) => {
		process.send?.({ problem: String(error) });
	});
});
process.send?.('ready');
