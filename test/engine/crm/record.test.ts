import { bodyOf, outcomesOf, type CrmChange } from '../../../engine/crm/batches';
import type { CrmFacts } from '../../../engine/crm/facts';
import { CRM_FIELDS } from '../../../engine/crm/fields';
import { isNews, recordOf, textOfRecord } from '../../../engine/crm/record';

const TODAY = 20_514;
const options = { today: TODAY, notModels: ['dcs/plan-limits'] };
const facts = (over: Partial<CrmFacts> = {}): CrmFacts => ({
	accountId: '512',
	journeys: [],
	health: [],
	...over,
});
const health = (model: string, day: number, scores: string, band?: string) => ({
	model,
	day,
	state: JSON.stringify({ scores, steady: 0, band }),
});
const AT = Date.parse('2026-03-02T09:00:00Z');

describe('the record of an account in a CRM', () => {
	it('shows score, tier, touches and case in words an account executive knows', () => {
		expect(
			recordOf(
				facts({
					// 0x4b is 75
					health: [health('b2b-saas', TODAY, '3c4b', 'green')],
					tier: 'Pooled',
					journeys: ['education', 'renewal'],
					lastTouch: { at: AT, journey: 'renewal', stepId: 'summary', channel: 'email' },
					nextTouch: { at: AT, journey: 'education', stepId: 'tip', channel: 'inApp' },
					openCase: { no: 7, kind: 'escalation', priority: 'urgent', owner: 'Dana', openedAt: AT },
				}),
				options,
			),
		).toEqual({
			healthScore: 75,
			healthBand: 'green',
			tier: 'Pooled',
			journeys: 'education, renewal',
			lastTouch: 'renewal: summary (e-mail)',
			lastTouchAt: '2026-03-02T09:00:00.000Z',
			nextTouch: 'education: tip (in-app)',
			nextTouchAt: '2026-03-02T09:00:00.000Z',
			openCase: 'Case 7, urgent, escalation',
			caseOwner: 'Dana',
			caseSince: '2026-03-02T09:00:00.000Z',
		});
	});

	it('shows what a journey handed over where nobody opened a case of it', () => {
		const handOver = { journey: 'intervention', stepId: 'relapse', to: 'team@us.example', at: AT };
		expect(recordOf(facts({ handOver }), options)).toMatchObject({
			openCase: 'intervention: relapse',
			caseOwner: 'team@us.example',
			caseSince: '2026-03-02T09:00:00.000Z',
		});
		const openCase = { no: 7, kind: 'escalation', priority: 'low', owner: 'Dana', openedAt: AT };
		expect(recordOf(facts({ handOver, openCase }), options)).toMatchObject({
			openCase: 'Case 7, low, escalation',
			caseOwner: 'Dana',
		});
	});

	it('shows the last score, of the model that scored last or of the one named, and none that is too old', () => {
		const scored = facts({
			health: [
				health('a', TODAY - 1, '4b--', 'green'),
				health('b', TODAY, '32', 'red'),
				health('dcs/plan-limits', TODAY + 1, '01'),
			],
		});
		expect(recordOf(scored, options)).toMatchObject({ healthScore: 50, healthBand: 'red' });
		expect(recordOf(scored, { ...options, model: 'a' })).toMatchObject({ healthScore: 75 });
		expect(recordOf(scored, { ...options, today: TODAY + 14 })).toMatchObject({ healthScore: 50 });
		expect(recordOf(scored, { ...options, today: TODAY + 15 })).toMatchObject({
			healthScore: null,
		});
		const damaged = facts({ health: [{ model: 'a', day: TODAY, state: '{' }] });
		expect(recordOf(damaged, options)).toMatchObject({ healthScore: null, healthBand: null });
	});

	it('is news until the CRM was told the same, and when it goes back to nothing', () => {
		const empty = recordOf(facts(), options);
		const full = recordOf(facts({ tier: 'Pooled' }), options);
		expect(isNews(empty, undefined)).toBe(false);
		expect(isNews(full, undefined)).toBe(true);
		expect(isNews(full, textOfRecord(full))).toBe(false);
		expect(isNews(empty, textOfRecord(full))).toBe(true);
	});
});

describe('a call to the CRM', () => {
	const change = (accountId: string): CrmChange => ({
		accountId,
		record: { ...recordOf(facts({ tier: 'Pooled' }), options), healthScore: 75 },
	});

	it('of HubSpot updates companies by id, every value a text, an empty one where there is nothing', () => {
		const body = bodyOf('hubspot', [change('512')], '');
		expect(body).toMatchObject({
			inputs: [
				{
					id: '512',
					properties: {
						digital_cs_health_score: '75',
						digital_cs_tier: 'Pooled',
						digital_cs_open_case: '',
					},
				},
			],
		});
		expect(bodyOf('hubspot', [change('512')], 'customer_id')).toMatchObject({
			inputs: [{ id: '512', idProperty: 'customer_id' }],
		});
	});

	it('of Salesforce updates accounts one by one, null where there is nothing', () => {
		expect(bodyOf('salesforce', [change('0015g00000XyZabAAB')], '')).toMatchObject({
			allOrNone: false,
			records: [
				{
					attributes: { type: 'Account' },
					id: '0015g00000XyZabAAB',
					Digital_CS_Health_Score__c: 75,
					Digital_CS_Tier__c: 'Pooled',
					Digital_CS_Open_Case__c: null,
				},
			],
		});
	});

	it('touches the fields of its group and no others', () => {
		for (const { hubspot, salesforce } of CRM_FIELDS) {
			expect(hubspot).toMatch(/^digital_cs_[a-z_]+$/);
			expect(salesforce).toMatch(/^Digital_CS_\w+__c$/);
			// Salesforce takes 40 characters of a name, its ending not counted
			expect(salesforce.length).toBeLessThanOrEqual(43);
		}
	});

	it.each<[string, unknown, string[]]>([
		['all of it', { status: 'COMPLETE', results: [{ id: '9' }, { id: '8' }] }, ['1', '2']],
		[
			'one, and says why not the other',
			{
				status: 'COMPLETE',
				results: [{ id: '1' }],
				numErrors: 1,
				errors: [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: 'x' }],
			},
			['1'],
		],
		['fewer than were asked', { status: 'COMPLETE', results: [{ id: '2' }] }, ['2']],
		['nothing it can say', 'an error page', []],
		['nothing', undefined, []],
	])('of HubSpot wrote %s', (_what, answer, written) => {
		const outcomes = outcomesOf('hubspot', ['1', '2'], answer);
		expect(outcomes.filter(({ done }) => done).map(({ accountId }) => accountId)).toEqual(written);
	});

	it('of Salesforce tells record by record, in order', () => {
		const answer = [
			{ id: 'a', success: true, errors: [] },
			{
				success: false,
				errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'Ann', fields: [] }],
			},
		];
		expect(outcomesOf('salesforce', ['a', 'b', 'c'], answer)).toEqual([
			{ accountId: 'a', done: true },
			{ accountId: 'b', done: false, why: 'ENTITY_IS_DELETED' },
			{ accountId: 'c', done: false, why: 'noAnswer' },
		]);
		expect(outcomesOf('salesforce', ['a'], { message: 'no' })).toEqual([
			{ accountId: 'a', done: false, why: 'noAnswer' },
		]);
	});
});
