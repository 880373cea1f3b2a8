import { note, report } from '../figures';
import { benchNode, seconds, TOLD, withSweeps, worst, type Sweep } from '../sweeps';
import { ACCOUNTS, ACCOUNTS_CODE, ONE_IN, PEER_CODE, routeParameters } from './accounts';

/** A Monday, 10:00 in Berlin. */
const NOW = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
const HOUR = 3_600_000;
const TURNS = 3;
const ROUTED = ACCOUNTS / ONE_IN;
const PEER = 'Least loaded by hand';

/**
 * *Route* over 100,000 accounts of which 5 % need somebody, half of them by an alert, half by a reply, in one execution of
 * the real n8n on SQLite that saves nothing of it; the best of three. Beside it the same accounts once more, whose reasons
 * are known then, and a Code node that gives each to whoever has the least and remembers nothing.
 */
export async function bench(): Promise<void> {
	const router = benchNode(
		'Escalation Router',
		'n8n-nodes-digital-cs.escalationRouter',
		1,
		routeParameters(`={{ ${TOLD}.now }}`),
	);
	const byHand = benchNode(PEER, 'n8n-nodes-base.code', 2, { jsCode: PEER_CODE });
	const toSweep = {
		name: 'escalation',
		accounts: ACCOUNTS_CODE,
		node: router,
		peers: [byHand],
		outputs: [0, 1, 3],
	};
	await withSweeps(toSweep, async (sweep) => {
		const times = { first: [] as number[], again: [] as number[], byHand: [] as number[] };
		const sweeps: Sweep[] = [];
		for (let turn = 0; turn < TURNS; turn++) {
			const now = NOW + turn * DAY;
			const first = await sweep({ now: new Date(now).toISOString(), turn });
			check(first, ROUTED);
			const again = await sweep({ now: new Date(now + HOUR).toISOString(), turn });
			check(again, 0);
			note(`Day ${turn + 1}: ${JSON.stringify({ first, again })}`);
			times.first.push(first.ms);
			times.again.push(again.ms);
			times.byHand.push(first.times[PEER] ?? NaN);
			sweeps.push(first, again);
		}
		const best = (of: readonly number[]): number => seconds(Math.min(...of));
		report({
			figure: 'escalation.route.100k',
			value: best(times.first),
			unit: 's',
			peers: { knownReasons: best(times.again), codeNode: best(times.byHand) },
		});
		report({ figure: 'escalation.route.block', value: worst(sweeps, 'blockMs'), unit: 'ms' });
		note(`At most ${worst(sweeps, 'rssMB')} MB`);
	});
}

/** A sweep that routes anything but what needs somebody measures something else. */
function check({ counts }: Sweep, routed: number): void {
	const [opened, updated, unchanged, , notRouted] = counts;
	if (opened !== routed || updated !== 0 || unchanged !== ACCOUNTS - routed || notRouted !== 0)
		throw new Error(`The sweep gave ${counts.join(', ')} items`);
}
