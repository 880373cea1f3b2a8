import { runChaos } from './chaos';

/** `npm run chaos` says how many; in the suite it is twenty. */
const KILLS = Number(process.env.CHAOS_KILLS ?? 20);

it(
	`n8n killed ${KILLS} times at random moments of sweeps over 1,000 customers: nobody lost, nobody written to under two keys`,
	async () => {
		const chaos = await runChaos(KILLS, (line) => process.stderr.write(`${line}\n`));
		process.stderr.write(
			`${chaos.kills} kills in ${chaos.sweeps} sweeps: ${chaos.arrived} mails arrived, ${chaos.copies} of them copies under the Message-ID of another, ${chaos.lost.length} lost, ${chaos.duplicated.length} duplicated; ${chaos.handedOver.length} cut off so often that a human was asked, ${chaos.overtaken.length} overtaken by a later mail\n`,
		);
		expect(chaos).toMatchObject({ kills: KILLS, lost: [], duplicated: [], stranded: [] });
		// the one mail in flight, at most, and then only under the same Message-ID
		expect(chaos.copies).toBeLessThanOrEqual(KILLS);
		// the kills did hit sweeps that were sending
		expect(chaos.arrived).toBeGreaterThan(3000);
	},
	60_000 + KILLS * 60_000,
);
