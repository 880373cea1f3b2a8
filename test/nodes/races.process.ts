import { z } from 'zod/v4';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node.js';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node.js';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node.js';
import { sweep, type Racer } from './races.setup';
import { routeOnce } from './routeRaces.setup';

/** Another n8n process: says `ready`, and answers each message, what to run at once, with what was handed out. */
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
	routings: z.array(
		z.object({
			operation: z.enum(['route', 'checkDeadlines']),
			accounts: z.array(json),
			now: z.number(),
		}),
	),
});

async function work(message: unknown): Promise<void> {
	const { userFolder, postgres, sweeps, routings } = toDo.parse(message);
	process.env.N8N_USER_FOLDER = userFolder;
	const racer: Racer = {
		journey: new CustomerJourney(),
		ledger: new JourneyLedger(),
		router: new EscalationRouter(),
		postgres,
	};
	const [swept, routed] = await Promise.all([
		Promise.all(sweeps.map((one) => sweep(racer, one))),
		Promise.all(routings.map((one) => routeOnce(racer, one))),
	]);
	process.send?.({ swept, routed });
}

process.on('message', (message) => {
	work(message).catch((error: unknown) => {
		process.send?.({ problem: String(error) });
	});
});
process.send?.('ready');
