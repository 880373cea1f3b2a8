import { healthModelSchema } from '../../engine/health/model';
import {
	aNumber,
	at,
	dates,
	fields,
	histories,
	isObject,
	model,
	runStudy,
	snapshot,
	textWith,
} from './HealthScore.study.setup';

describe('Health Score, Calibrate', () => {
	it('proposes a model that Model as JSON takes as it is, and says what it would change', async () => {
		const result = await runStudy('calibrate', snapshot(600), fields);
		expect(result.error).toBeUndefined();
		const proposal = at(result, 'proposedModel');
		expect(healthModelSchema.parse(proposal)).toEqual(proposal);
		expect(proposal).toMatchObject({
			id: 'own',
			version: textWith('3+calibrated.'),
			signals: [{ id: 'use' }, { id: 'mood' }, { id: 'luck' }],
		});
		expect(at(result, 'calibration')).toMatchObject({
			verdict: 'better',
			model: { id: 'own', version: '3' },
			judged: { auc: {}, currentAuc: {}, gain: {} },
			weights: [{ id: 'use' }, {}, {}],
		});
		const use = at(result, 'calibration', 'weights', 0, 'proposed');
		expect(use).toBeGreaterThan(60);
		const scored = await runStudy('score', snapshot(3), { modelJson: JSON.stringify(proposal) });
		expect(scored.outputs[0]).toHaveLength(3);
		expect(at(scored, 'health', 'model')).toEqual({
			id: 'own',
			version: isObject(proposal) ? proposal.version : '',
		});
	});

	it('counts everybody who would change band, and lists the hundred that move farthest', async () => {
		const result = await runStudy('calibrate', snapshot(900), fields);
		const moves = at(result, 'calibration', 'moves');
		const moved = at(result, 'calibration', 'moved');
		expect(moves).toHaveLength(100);
		const changed = (Array.isArray(moved) ? moved : []).filter(
			(one: unknown) => isObject(one) && one.from !== one.to,
		);
		const all = changed.reduce<number>(
			(sum, one: unknown) => sum + (isObject(one) ? Number(one.accounts) : 0),
			0,
		);
		expect(at(result, 'calibration', 'movesNotListed')).toBe(all - 100);
		expect(at(result, 'calibration', 'sentences', 4)).toContain(
			`${String(all)} of 900 accounts would change band: `,
		);
	});

	it('splits histories by time', async () => {
		const result = await runStudy('calibrate', histories(400, 'calibrate'), dates);
		expect(at(result, 'calibration')).toMatchObject({
			verdict: 'better',
			fitted: { accounts: aNumber },
		});
	});

	it('refuses below 50 accounts that left, in an item that a workflow can go on with', async () => {
		const left = snapshot(300).filter(({ left: word }) => word === 'yes');
		const stayed = snapshot(300).filter(({ left: word }) => word === 'no');
		const result = await runStudy('calibrate', [...left.slice(0, 49), ...stayed], fields);
		expect(result.error).toBeUndefined();
		expect(at(result, 'calibration')).toMatchObject({
			verdict: 'refused',
			churned: 49,
			sentences: [textWith('49 accounts left and 50 are needed')],
		});
		expect(at(result, 'proposedModel')).toBeNull();
		expect(result.hints[0]?.message).toContain('49 accounts left and 50 are needed');
	});

	it('says that there is nothing to learn where outcomes are chance', async () => {
		const result = await runStudy('calibrate', snapshot(600, { byChance: true }), fields);
		expect(at(result, 'calibration', 'verdict')).toBe('nothing_to_learn');
		expect(at(result, 'calibration', 'sentences', 0)).toContain('There is nothing to learn');
		expect(at(result, 'proposedModel')).toBeNull();
	});

	it('applies nothing: the model it was given scores as before', async () => {
		const before = await runStudy('score', snapshot(20));
		await runStudy('calibrate', snapshot(600), fields);
		expect((await runStudy('score', snapshot(20))).outputs).toEqual(before.outputs);
		expect(model.signals.map(({ weight }) => weight)).toEqual([1, 1, 1]);
	});
});
