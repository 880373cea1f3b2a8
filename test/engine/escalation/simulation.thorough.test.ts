import { Simulation } from './simulation';

const ESCALATIONS = 10_000;

it('ten thousand escalations: told once, in time, to the right people; an owner for each; nothing told twice', () => {
	const total = new Map<string, number>();
	const openings = (): number => (total.get('opened') ?? 0) + (total.get('reopened') ?? 0);
	let worlds = 0;
	while (openings() < ESCALATIONS) {
		const world = new Simulation(++worlds);
		try {
			world.live();
		} catch (error) {
			throw new Error(`World ${worlds}: ${error instanceof Error ? error.message : ''}`, {
				cause: error,
			});
		}
		for (const [what, count] of world.counts) total.set(what, (total.get(what) ?? 0) + count);
	}
	const said = [...total].sort().map(([what, count]) => `${what} ${count}`);
	console.log(`Escalations: ${openings()} in ${worlds} worlds, 0 differences (${said.join(', ')})`);
	// it tells something of everything
	for (const what of [
		'told: level',
		'told: stale',
		'told: breached',
		'told: nearing',
		'cases in digests',
		'reminders left out',
		'told together',
		'handed out again',
		'raised',
		'reopened',
		'pause',
		'missed sweeps',
	])
		expect(total.get(what)).toBeGreaterThan(100);
});
