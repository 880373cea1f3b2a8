import type { Facts } from '../../../../engine/health/fields';
import type { Health } from '../../../../engine/health/health';
import type { HealthModel } from '../../../../engine/health/model';
import { dice } from '../../../harness/dice';
import { DAY, modelOf, NOW } from '../models';
import { sweepOne, type Kept } from './sweeping';

/** One account through the days. */
class Story {
	private known: Kept | undefined;
	private days = 0;

	constructor(private readonly model: HealthModel) {}

	day(facts: Facts): Health {
		const swept = sweepOne(this.model, facts, this.known, this.days);
		if (swept.state !== undefined) {
			this.known = { day: Math.floor(NOW / DAY) + this.days, state: swept.state };
		}
		this.days++;
		return swept.health;
	}

	copy(): Story {
		return Object.assign(new Story(this.model), this);
	}
}

const A = modelOf([{ id: 'a', label: 'A', field: 'a' }]);
const told = (scores: readonly number[], model = A): Health['nextBand'] => {
	const story = new Story(model);
	return scores.map((a) => story.day({ a })).at(-1)?.nextBand ?? null;
};

describe('the next band of an account that is remembered', () => {
	it('is what leaves the band for good, and on how many days in a row', () => {
		expect(told([70, 50])).toEqual({
			band: 'yellow',
			score: 65,
			days: 2,
			changes: [{ signal: 'a', field: 'a', from: 50, to: 64.5, text: 'A at 64.5' }],
			text: 'Yellow with A at 64.5 on 2 days in a row',
		});
		const two = modelOf(['a', 'b'].map((id) => ({ id, label: id.toUpperCase(), field: id })));
		expect(new Story(two).day({ a: 50, b: 50 }).nextBand?.text).toBe(
			'Yellow with A at 79, or with B at 79, on 2 days in a row',
		);
	});

	it('starts from the band that is kept, not from that of the score', () => {
		expect(told([50, 62])).toMatchObject({ band: 'yellow', score: 65, days: 2 });
		// well into yellow already: it need only stay
		expect(told([50, 70])).toBeNull();
		expect(told([50, 70, 70])).toMatchObject({ band: 'green', score: 80, days: 2 });
	});

	it.each([
		[{ margin: 0 }, 60, 2, ' on 2 days in a row'],
		[{ margin: 50, scores: 3 }, 100, 3, ' on 3 days in a row'],
		[{ scores: 9 }, 60, 7, ' on 7 days in a row'],
		[{ scores: 1 }, 65, 1, ''],
	])('follows the model: %j', (hysteresis, score, days, text) => {
		const found = told([50], modelOf([{ id: 'a', label: 'A', field: 'a' }], { hysteresis }));
		expect(found).toMatchObject({ score, days });
		expect(found?.text).toBe(
			`${found?.band === 'green' ? 'Green' : 'Yellow'} with A at ${score - 0.5}${text}`,
		);
	});

	it('of an account without an id is as without memory', () => {
		const { health } = sweepOne(A, { a: 50 }, undefined, 0, null);
		expect(health.nextBand?.text).toBe('Yellow with A at 59.5');
	});

	it('is reached by each of its changes on so many days, whatever was before', () => {
		const random = dice(11);
		const whole = (most: number): number => Math.floor(random() * (most + 1));
		const order = ['red', 'yellow', 'green'];
		let tried = 0;
		for (let index = 0; index < 2_000; index++) {
			const yellow = 20 + whole(500) / 10;
			const model = modelOf(
				[
					{ id: 'a', field: 'a', weight: 1 + whole(5) },
					{ id: 'b', field: 'b', weight: 1 + whole(5), unit: 'calls' },
					{ id: 'c', field: 'c', curve: { type: 'yesNo' } },
				],
				{
					bands: { yellow, green: Math.min(100, yellow + whole(250) / 10) },
					hysteresis: { margin: whole(30), scores: 1 + whole(4), settled: 1 + whole(8) },
					caps: random() < 0.3 ? [{ signal: 'c', is: 'no', atMost: whole(90) }] : [],
				},
			);
			const story = new Story(model);
			const any = (): Facts => ({ a: whole(100), b: whole(100), c: random() < 0.5 });
			let facts = any();
			let health = story.day(facts);
			for (let days = whole(6); days > 0; days--) {
				facts = any();
				health = story.day(facts);
			}
			const { nextBand, band } = health;
			if (nextBand === null) continue;
			for (const { field, to } of nextBand.changes) {
				tried++;
				const later = story.copy();
				let last = band;
				for (let day = 0; day < (nextBand.days ?? 0); day++) {
					last = later.day({ ...facts, [field]: to }).band;
				}
				if (order.indexOf(last) < order.indexOf(nextBand.band)) {
					expect({ index, model, facts, band, nextBand, last }).toBe('reached');
				}
			}
		}
		expect(tried).toBeGreaterThan(1_000);
	});
});
