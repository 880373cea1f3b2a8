import {
	elevationsToNote,
	foldStandings,
	isReturning,
	returnToNote,
	type HandOver,
	type TierEvent,
} from '../../../engine/tiers/elevation';
import { dice } from '../../harness/dice';

const DAY = 86_400_000;
const TERMS = { stableDays: 14, stableScore: 65 };
const STORIES = 3_000;
const DAYS = 60;

type Story = { handOvers: number[]; resolves: number[]; scores: number[] };

function anyStory(seed: number): Story {
	const roll = dice(seed);
	const days = (chance: number): number[] =>
		Array.from({ length: DAYS }, (_none, day) => day).filter(() => roll() < chance);
	// phases of being well and unwell, some of them long enough
	const scores: number[] = [];
	while (scores.length < DAYS) {
		const well = roll() < 0.6;
		const length = 1 + Math.floor(roll() * 30);
		for (let day = 0; day < length; day++) scores.push(well ? 65 + roll() * 35 : roll() * 65);
	}
	return { handOvers: days(0.04), resolves: days(0.08), scores: scores.slice(0, DAYS) };
}

/** P35 as it is written: escalated, elevated; resolved and well for 14 days in a row, back. */
function byTheRule({ handOvers, resolves, scores }: Story): string {
	let isElevated = false;
	let isOpen = false;
	let tiers = '';
	for (let day = 0; day < DAYS; day++) {
		if (handOvers.includes(day)) [isElevated, isOpen] = [true, true];
		// in the morning a person gets it, in the afternoon it is resolved, in the evening the sweep runs
		if (resolves.includes(day)) isOpen = false;
		const fortnight = day < 13 ? [] : scores.slice(day - 13, day + 1);
		const isWell = fortnight.length === 14 && fortnight.every((score) => score >= 65);
		if (isElevated && !isOpen && isWell) isElevated = false;
		tiers += isElevated ? 'H' : '.';
	}
	return tiers;
}

/** The same through what the ledger keeps: some sweeps run twice, and retention forgets hand-overs that were noted. */
function throughTheLedger(story: Story, seed: number): string {
	const roll = dice(seed);
	const kept = new Map<string, TierEvent>();
	const keep = (event: TierEvent): void => {
		const key = `${event.type}/${event.id}`;
		if (!kept.has(key)) kept.set(key, event);
	};
	const forgotten = new Set<string>();
	let tiers = '';
	for (let day = 0; day < DAYS; day++) {
		const now = day * DAY + 3;
		const given = story.handOvers
			.filter((on) => on <= day)
			.map((on): HandOver => ({ accountId: 'a', key: String(on), state: 'sent', at: on * DAY + 1 }))
			.filter(({ key }) => !forgotten.has(key));
		for (const on of story.resolves) {
			if (on > day) continue;
			const occurredAt = on * DAY + 2;
			keep({ accountId: 'a', type: 'case_resolved', id: String(on), occurredAt });
		}
		let steadyDays = 0;
		while (steadyDays <= day && (story.scores[day - steadyDays] ?? 0) >= 65) steadyDays++;
		const health = { score: story.scores[day], steadyDays };
		const sweep = (): string => {
			const events = [...kept.values()].sort(() => roll() - 0.5);
			const memory = { handOvers: given, events, survivorOf: new Map<string, string>() };
			const standing = foldStandings(memory, now).get('a');
			elevationsToNote(memory).forEach(keep);
			if (standing?.state !== 'elevated') return '.';
			if (!isReturning(standing, health, TERMS)) return 'H';
			keep(returnToNote('a', standing, now));
			return '.';
		};
		const said = sweep();
		// a call of `expect` for each would take longer than all the rest
		if (roll() < 0.3 && sweep() !== said) throw new Error(`Sweeping day ${day} twice differs`);
		tiers += said;
		for (const { key } of given) if (roll() < 0.1) forgotten.add(key);
	}
	return tiers;
}

function changesIn(tiers: string): number {
	let count = 0;
	for (let day = 1; day < tiers.length; day++) if (tiers[day] !== tiers[day - 1]) count++;
	return count;
}

it('three thousand accounts over sixty days are elevated and go back just as the rule says', () => {
	const changes: number[] = [];
	for (let seed = 1; seed <= STORIES; seed++) {
		const story = anyStory(seed);
		const expected = byTheRule(story);
		const found = throughTheLedger(story, seed);
		if (found !== expected) expect({ story, found }).toEqual({ story, found: expected });
		changes.push(changesIn(found));
		const elevations = (found.match(/^H|\.H/g) ?? []).length;
		if (elevations > story.handOvers.length)
			expect({ story, elevations }).toBe('no more than escalations');
	}
	// the stories tell something
	expect(changes.filter((count) => count >= 2).length).toBeGreaterThan(STORIES / 10);
});
