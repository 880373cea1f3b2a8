/**
 * The rules of health memory once more, written down as plainly as they read and slowly: the whole past is kept as lists
 * and looked through for every answer. What `follow` works out from a compact memory must be the same.
 */

export type Sweep = {
	day: number;
	/** null: band unknown. */
	score: number | null;
	inOnboarding: boolean;
	weekChange: number;
	held: boolean;
	/** Somebody has looked at what was held. */
	releases: boolean;
	/** The score is a success manager's. */
	judged: boolean;
	/** Of a contract that nobody sponsors; NaN: none. */
	unsponsoredRenewal: number;
};

export type Told = {
	band: string;
	dropped: boolean;
	recovered: boolean;
	previous: number | null;
	steadyDays: number;
	daysInBand: number | null;
	usageAlertSince: number | null;
	sponsorAlertSince: number | null;
	trend4w: number | null;
	triggered: boolean;
};

function bandOf(score: number): string {
	return score >= 75 ? 'green' : score >= 60 ? 'yellow' : 'red';
}

type Daily = { day: number; score: number; inOnboarding: boolean; held: boolean };

export class PlainRules {
	/** Every daily score so far, */
	private readonly dailies: Daily[] = [];
	/** the band after each, */
	private readonly bands: { day: number; band: string }[] = [];
	/** and every day on which a usage alert was raised, or could have been. */
	private readonly usageAlerts: number[] = [];
	private readonly sponsorAlerts: { day: number; renewal: number }[] = [];
	private readonly heldOn = new Set<number>();
	private isDropped = false;
	private hasRecovered = false;

	/** Of a day before another one nothing is asked: it changes nothing. */
	sweep(sweep: Sweep): Told {
		const { day, score, inOnboarding, weekChange, held, judged } = sweep;
		let triggered = false;
		const isFirstScore = score !== null && !this.dailies.some((daily) => daily.day === day);
		// "nothing remembered as raised so that tomorrow decides afresh": what was held is over for the day
		const wasHeld = this.heldOn.has(day);
		const isReleased = wasHeld && sweep.releases;
		const may = !wasHeld || isReleased;
		if (isReleased) this.heldOn.delete(day);
		if (isFirstScore) {
			this.dailies.push({ day, score, inOnboarding, held });
			this.bands.push({ day, band: judged ? bandOf(score) : this.nextBand(score) });
			if (this.isDropped && this.inARow(2, 65)) {
				this.isDropped = false;
				this.hasRecovered = true;
			} else if (!this.isDropped && score < 60 && !inOnboarding) {
				triggered = true;
				if (held) this.heldOn.add(day);
				else {
					this.isDropped = true;
					this.hasRecovered = false;
				}
			}
		} else if (isReleased && !this.isDropped && !inOnboarding) {
			if (this.dailies.some((daily) => daily.day === day && daily.score < 60)) {
				this.isDropped = true;
				this.hasRecovered = false;
			}
		}
		const lastAlert = this.usageAlerts.at(-1) ?? Number.NEGATIVE_INFINITY;
		if (may && !inOnboarding && weekChange < 0.7 && day - lastAlert >= 14) {
			triggered ||= !wasHeld;
			if (held) this.heldOn.add(day);
			else this.usageAlerts.push(day);
		}
		const renewal = sweep.unsponsoredRenewal;
		const isOfCycle = (): boolean =>
			renewal - (this.sponsorAlerts.at(-1)?.renewal ?? Number.NEGATIVE_INFINITY) <= 180;
		if (may && Number.isFinite(renewal) && !isOfCycle()) {
			triggered ||= !wasHeld;
			if (held) this.heldOn.add(day);
			else this.sponsorAlerts.push({ day, renewal });
		}
		const alert = this.usageAlerts.at(-1);
		const inForce = this.bands.at(-1)?.band ?? 'unknown';
		const band = score === null ? 'unknown' : judged ? bandOf(score) : inForce;
		return {
			band,
			dropped: this.isDropped,
			recovered: this.hasRecovered,
			previous: this.dailies.findLast((daily) => daily.day < day)?.score ?? null,
			steadyDays: this.steady(day),
			daysInBand: score === null ? null : band === inForce ? day - this.bandSince() + 1 : 1,
			usageAlertSince: alert !== undefined && day - alert < 14 ? alert : null,
			sponsorAlertSince: isOfCycle() ? (this.sponsorAlerts.at(-1)?.day ?? null) : null,
			trend4w: this.trend(day),
			triggered,
		};
	}

	private nextBand(score: number): string {
		const now = this.bands.at(-1)?.band;
		const by = bandOf(score);
		if (now === undefined) return by;
		const order = ['red', 'yellow', 'green'];
		if (order.indexOf(by) <= order.indexOf(now)) return by;
		const reached = (start: number): boolean => {
			return this.inARow(2, start + 5) || this.inARow(7, start);
		};
		if (by === 'green' && reached(75)) return 'green';
		return now === 'red' && reached(60) ? 'yellow' : now;
	}

	/** Whether the last so many daily scores are `least` or more, with no week without a score between two of them. */
	private inARow(count: number, least: number): boolean {
		const last = this.dailies.slice(-count);
		return (
			last.length === count &&
			last.every(({ score }) => score >= least) &&
			last.every(({ day }, place) => place === 0 || day - (last[place - 1]?.day ?? NaN) <= 7)
		);
	}

	private bandSince(): number {
		const { band } = this.bands.at(-1) ?? { band: '' };
		const before = this.bands.findLastIndex((one) => one.band !== band);
		return this.bands[before + 1]?.day ?? NaN;
	}

	private steady(day: number): number {
		let next = day;
		let count = 0;
		for (const daily of this.dailies.toReversed()) {
			if (next - daily.day > 7 || daily.score < 65) break;
			next = daily.day;
			count++;
		}
		return count;
	}

	private trend(day: number): number | null {
		const mean = (until: number): number | null => {
			const week = this.dailies.filter((one) => one.day <= until && one.day > until - 7);
			if (week.length < 3) return null;
			return week.reduce((sum, { score }) => sum + score, 0) / week.length;
		};
		const [now, then] = [mean(day), mean(day - 28)];
		return now === null || then === null ? null : now - then;
	}
}
