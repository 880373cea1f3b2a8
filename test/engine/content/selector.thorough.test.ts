import type { Seen, Selection } from '../../../engine/content/choice';
import { compileSelector } from '../../../engine/content/selector';
import { selectorSettingsSchema, type SelectorSettings } from '../../../engine/content/settings';
import { dice, pick } from '../../harness/dice';
import { expectEach } from '../../harness/expectEach';
import { freeze } from '../../harness/freeze';
import { judgeAll } from './referenceSelector';
import { NOW, randomCatalogue, randomHistory, randomProfile } from './worlds';

const DAY = 86_400_000;

const randomSettings = (roll: () => number): SelectorSettings =>
	selectorSettingsSchema.parse({
		windowDays: pick(roll, [0, 30, 180]),
		mostPerKind: pick(roll, [0, 1, 2]),
		kindDays: pick(roll, [14, 60]),
		choices: pick(roll, [1, 3, 8]),
		fallbackLanguages: pick(roll, [['en'], ['fr', 'de'], []]),
	});

const codeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

it('agrees with the rules, item by item, in 20,000 random triples, and changes nothing it is given', () => {
	const roll = dice(6);
	const found: unknown[] = [];
	const expected: unknown[] = [];
	let offered = 0;
	for (let world = 0; world < 400; world++) {
		const items = freeze(randomCatalogue(roll, 1 + Math.floor(roll() * 30)));
		const settings = freeze(randomSettings(roll));
		const selector = compileSelector(items, settings);
		const kindOf = new Map(items.map(({ id, kind }) => [id, kind]));
		for (let index = 0; index < 50; index++) {
			const profile = freeze(randomProfile(roll));
			const seen = freeze(randomHistory(roll, items));
			const about = items.map(({ id }) => id).filter(() => roll() < 0.3);
			const selection = selector.select(profile, seen, NOW, [...about, 'unknown']);
			const verdicts = judgeAll(items, settings, profile, seen, NOW);
			const lately = (id: string): number =>
				timesLately(seen, kindOf.get(id), settings, profile.zone);
			const eligible = verdicts
				.filter(({ why }) => why === undefined)
				.sort(
					(a, b) => b.points - a.points || lately(a.id) - lately(b.id) || codeUnits(a.id, b.id),
				);
			offered += eligible.length;
			const counts: Record<string, number> = {};
			for (const { why } of verdicts) if (why !== undefined) counts[why] = (counts[why] ?? 0) + 1;
			expected.push({
				ranked: eligible.slice(0, settings.choices).map(({ id, points }) => [id, points]),
				among: about.flatMap((id) =>
					eligible.filter((one) => one.id === id).map(({ points }) => [id, points]),
				),
				eligible: eligible.length,
				counts,
			});
			found.push({
				ranked: selection.ranked.map(({ item, points }) => [item.id, points]),
				among: selection.among.map(({ item, points }) => [item.id, points]),
				eligible: selection.eligible,
				counts: Object.fromEntries(
					Object.entries(selection.counts).filter(([, count]) => count > 0),
				),
			});
			for (const { points, parts } of [...selection.ranked, ...selection.among]) {
				const sum = parts.reduce((total, part) => total + part.points, 0);
				if (sum !== points) throw new Error('The parts do not add up');
			}
		}
	}
	expectEach(found, expected);
	// the worlds must have something to choose
	expect(offered).toBeGreaterThan(50_000);
});

function timesLately(
	seen: readonly Seen[],
	kind: string | undefined,
	{ kindDays }: SelectorSettings,
	zone: string,
): number {
	const date = (at: number): string =>
		new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
	const day = (at: number): number => Date.parse(date(at)) / DAY;
	return seen.filter((one) => one.kind === kind && day(NOW) - day(one.at) < kindDays).length;
}

it('gives the same content to the same contact never within the window, in 100,000 picks', () => {
	const roll = dice(7);
	let picks = 0;
	let again = 0;
	let tired = 0;
	while (picks < 100_000) {
		const items = randomCatalogue(roll, 40);
		const settings = selectorSettingsSchema.parse({});
		const selector = compileSelector(items, settings);
		for (let contact = 0; contact < 40; contact++) {
			const profile = randomProfile(roll);
			const seen: Seen[] = [];
			const lastAt = new Map<string, number>();
			// two years of a tip every other week, at changing hours
			for (let turn = 0; turn < 52; turn++) {
				const at = NOW + turn * 14 * DAY + Math.floor(roll() * 10) * 3_600_000;
				const [best] = selector.select(profile, seen, at).ranked;
				if (best === undefined) continue;
				const { id, kind } = best.item;
				const before = lastAt.get(id);
				if (before !== undefined && at - before < 179 * DAY) again++;
				if (seen.filter((one) => one.kind === kind && at - one.at < 59 * DAY).length >= 2) tired++;
				lastAt.set(id, at);
				seen.push({ contentId: id, kind, at });
				picks++;
			}
		}
	}
	expect({ again, tired }).toEqual({ again: 0, tired: 0 });
});

it('gives the same bytes for the same input, whatever it was asked before and in whatever order the rows came', () => {
	const roll = dice(8);
	const items = randomCatalogue(roll, 60);
	const settings = selectorSettingsSchema.parse({});
	const cases = Array.from({ length: 2_000 }, () => {
		return { profile: randomProfile(roll), seen: randomHistory(roll, items) };
	});
	const one = compileSelector(items, settings);
	const other = compileSelector(items.toReversed(), settings);
	const say = (selection: Selection): string => JSON.stringify(selection);
	const first = cases.map(({ profile, seen }) => say(one.select(profile, seen, NOW)));
	const second = cases
		.toReversed()
		.map(({ profile, seen }) => say(other.select(profile, seen.toReversed(), NOW)))
		.toReversed();
	expectEach(second, first);
});
