const DAY = 86_400_000;

/**
 * What a CRM says of a customer whose health is `score` by the shipped model: 100, or 35 to 50, or 55 to 70. Adoption
 * gives a point per 0.04; recent and steady use and no P1 ticket give 35, licenses 20, all else 0 or its whole weight.
 */
export function signalsFor(score: number, at: number): object {
	const use = {
		activeUsers: 12,
		events: 300,
		previousEvents: 300,
		lastActiveAt: new Date(at - DAY).toISOString(),
		asOf: new Date(at).toISOString(),
	};
	if (score === 100)
		return {
			usage: { ...use, adoption: 0.8 },
			licences: { bought: 20, used: 20 },
			support: { openTickets: 0, openP1: 0 },
			sentiment: { nps: 100, csat: 5 },
		};
	const isLicensed = score >= 55;
	return {
		usage: { ...use, adoption: (score - (isLicensed ? 55 : 35)) / 25 },
		licences: { bought: 20, used: isLicensed ? 20 : 0 },
		support: { openTickets: 5, openP1: 0 },
		sentiment: { nps: -100, csat: 1 },
	};
}

/** A score from each of these days on; 100 before the first of them: `{ 0: 45, 4: 70 }`. */
export function scoreFrom(steps: Readonly<Record<number, number>>): (day: number) => number {
	return (day) =>
		Object.entries(steps)
			.filter(([from]) => Number(from) <= day)
			.reduce((latest, one) => (Number(one[0]) >= Number(latest[0]) ? one : latest), ['-1000', 100])
			.map(Number)[1] ?? 100;
}
