import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { alerted, ROUTE, runRouter, type Ran } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const route = async (...facts: IDataObject[]): Promise<Ran> => {
	const ran = await runRouter(
		MONDAY,
		facts.map((one, index) => alerted(`a${index}`, one)),
	);
	if (ran.error !== undefined) throw ran.error;
	return ran;
};
const unreadOf = (ran: Ran): unknown[] =>
	ran
		.of(ROUTE.new)
		.flatMap(({ reasons }) => reasons as IDataObject[])
		.filter(({ code }) => code === 'field_invalid');
const warningsOf = ({ hints }: Ran): string[] =>
	hints.filter(({ type }) => type === 'warning').map(({ message }) => message);

describe('what is known of an account', () => {
	it('is read from texts as well, as a sheet writes figures', async () => {
		const ran = await route({
			arr: '48000',
			health: { ...(alerted('a0').health as IDataObject), score: '35.5' },
			sentiment: { nps: ' -10 ', csat: '2' },
			support: { openP1: '0' },
			renewalDate: '2026-12-01T00:00:00Z',
		});
		expect(ran.of(ROUTE.new)[0]?.facts).toMatchObject({
			arr: 48_000,
			score: 35.5,
			nps: -10,
			csat: 2,
			renewalDate: '2026-12-01',
		});
		expect(unreadOf(ran)).toEqual([]);
		expect(warningsOf(ran)).toEqual([]);
	});

	it('is not known where it is missing, or a mark says so, which is nothing to tell', async () => {
		const ran = await route({
			arr: 'n/a',
			sentiment: { nps: null, csat: '' },
			support: {},
			renewalDate: ' ',
		});
		expect(ran.of(ROUTE.new)[0]?.facts).toEqual({ name: 'Account a0', band: 'red', score: 55 });
		expect(unreadOf(ran)).toEqual([]);
		expect(warningsOf(ran)).toEqual([]);
	});

	it.each<[field: string, facts: IDataObject, problem: string, found: string]>([
		['arr', { arr: '48,000' }, 'is no plain amount of 0 or more', '"48,000"'],
		['arr', { arr: -5 }, 'is no plain amount of 0 or more', '-5'],
		['arr', { arr: 'Sue Miller' }, 'is no plain amount of 0 or more', 'a text of 10 characters'],
		[
			'sentiment.nps',
			{ sentiment: { nps: '9/10' } },
			'is no plain number',
			'a text of 4 characters',
		],
		['sentiment.csat', { sentiment: { csat: '4,5' } }, 'is no plain number', '"4,5"'],
		['support.openP1', { support: { openP1: true } }, 'is no plain number', 'true'],
		[
			'renewalDate',
			{ renewalDate: '31.12.2026' },
			'is no date such as 2026-12-01',
			'a text of 10 characters, like a date',
		],
	])(
		'and cannot be read (%s) is told with what was found, on the item and for all of them',
		async (field, facts, problem, found) => {
			const ran = await route(facts, facts, {});
			const text = `Field '${field}' ${problem} (found ${found}): routed as if nobody had told it`;
			const told = { code: 'field_invalid', field, found, text };
			expect(unreadOf(ran)).toMatchObject([told, told]);
			expect(warningsOf(ran)).toEqual([
				`Field '${field}' ${problem} in 2 accounts (found ${found} first): routed as if nobody had told it.`,
			]);
		},
	);
});
