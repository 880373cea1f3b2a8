import {
	byHttp,
	byMail,
	EXPECTED_MAILS,
	mails,
	posts,
	startSinks,
	story,
	type FreshPostgres,
	type Sender,
} from './crashes.setup';

/** Nobody is lost, and nobody is written to under two keys, wherever the process dies. */
export function crashCases(store: string, freshPostgres: FreshPostgres): void {
	startSinks();

	describe(`a process that dies at each boundary of the ledger, on ${store}`, () => {
		it.each(['sendAgain', 'hold'] as const)(
			'sends by mail (%s): nobody is lost, no mail has two Message-IDs, and only what was in the air arrives twice',
			async (fate) => {
				const sender = byMail(fate);
				const { boundaries, undisturbed } = await withoutCrash(sender, () =>
					mails().map(({ about }) => about),
				);
				expect(undisturbed).toEqual(expect.arrayContaining(EXPECTED_MAILS));
				expect(boundaries).toBeGreaterThan(25);

				const total = { arrived: 0, copies: 0, copiesToCustomers: 0, askedAbout: 0 };
				for (let diesAt = 1; diesAt <= boundaries; diesAt++) {
					await story(sender, diesAt, freshPostgres);
					const arrived = mails();
					const found = judge(arrived, undisturbed, fate);
					total.arrived += arrived.length;
					total.copies += found.copies;
					total.copiesToCustomers += found.copiesToCustomers;
					total.askedAbout += found.askedAbout;
					expect({ diesAt, ...found }).toEqual({
						diesAt,
						...found,
						lost: [],
						underTwoIds: 0,
						// the one mail in flight, where it is to be sent again; else only what a colleague is told
						copies: Math.min(found.copies, 1),
						copiesToCustomers: fate === 'hold' ? 0 : Math.min(found.copiesToCustomers, 1),
					});
				}
				tell(
					`${store}, mail, ${fate}: ${String(boundaries)} crashes, ${String(total.arrived)} mails arrived, 0 lost, 0 under two Message-IDs; without looking at the Message-ID ${String(total.copies)} twice (${String(total.copiesToCustomers)} of them to customers), a human asked about ${String(total.askedAbout)}`,
				);
				// the test would prove little if no crash had ever hit a mail in flight
				expect(fate === 'hold' ? total.askedAbout : total.copiesToCustomers).toBeGreaterThan(0);
			},
			300_000,
		);

		it('sends by another node: a server that checks keys sees each once, and none is lost', async () => {
			const sender = byHttp();
			const { boundaries, undisturbed } = await withoutCrash(sender, posts);
			expect(undisturbed.length).toBeGreaterThanOrEqual(EXPECTED_MAILS.length);
			const total = { arrived: 0, copies: 0, mostCopies: 0 };
			for (let diesAt = 1; diesAt <= boundaries; diesAt++) {
				await story(sender, diesAt, freshPostgres);
				expect({ diesAt, keys: [...new Set(posts())].sort() }).toEqual({
					diesAt,
					keys: undisturbed,
				});
				const copies = posts().length - undisturbed.length;
				total.arrived += posts().length;
				total.copies += copies;
				total.mostCopies = Math.max(total.mostCopies, copies);
			}
			tell(
				`${store}, HTTP: ${String(boundaries)} crashes, ${String(total.arrived)} posts arrived, 0 keys lost, 0 keys too many; without looking at keys ${String(total.copies)} twice, at most ${String(total.mostCopies)} per crash`,
			);
			// a node hands over all items of a batch before Confirm Touch hears of one: here two welcomes
			expect(total.mostCopies).toBe(2);
		}, 300_000);
	});

	/** What arrives when nothing happens: each once. */
	async function withoutCrash(
		sender: Sender,
		seen: () => readonly string[],
	): Promise<{ boundaries: number; undisturbed: string[] }> {
		const boundaries = await story(sender, 0, freshPostgres);
		const undisturbed = [...new Set(seen())].sort();
		expect(seen()).toHaveLength(undisturbed.length);
		return { boundaries, undisturbed };
	}
}

type Mails = ReturnType<typeof mails>;

function judge(
	arrived: Mails,
	undisturbed: readonly string[],
	fate: 'hold' | 'sendAgain',
): {
	lost: string[];
	underTwoIds: number;
	copies: number;
	copiesToCustomers: number;
	askedAbout: number;
} {
	const about = new Set(arrived.map((mail) => mail.about));
	// a mail whose fate nobody knows is not sent again: a human is asked about the account instead
	const isAsked = (what: string): boolean =>
		fate === 'hold' && about.has(`reach-by-hand ${what.split(' ')[1] ?? ''}`);
	const missing = undisturbed.filter((what) => !about.has(what));
	const ids = new Set(arrived.map((mail) => `${mail.about} ${mail.id}`));
	const customers = arrived.filter((mail) => !mail.about.startsWith('reach-by-hand'));
	return {
		lost: missing.filter((what) => !isAsked(what)),
		underTwoIds: ids.size - about.size,
		copies: arrived.length - ids.size,
		copiesToCustomers: customers.length - new Set(customers.map(({ id }) => id)).size,
		askedAbout: [...about].filter(
			(what) => what.startsWith('reach-by-hand') && !undisturbed.includes(what),
		).length,
	};
}

/** Tells what was counted: the suites run silently. */
function tell(line: string): void {
	process.stderr.write(`${line}\n`);
}
