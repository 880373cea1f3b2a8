import type { Mail } from '../mailbox';
import { readWorkflow } from '../workflows';
import { EXPANSION_LIVES, expansionRecord, withPriceList } from './expansionLives';
import { differences, type Life } from './life';
import { mailReader } from './mails';
import { play, type Played } from './play';

const FROM = Date.parse('2026-03-09T01:05:00Z');
/** Day 120. */
const UNTIL = Date.parse('2026-07-22T07:05:00Z');

const read = mailReader([
	['offer', /: room for more$/],
	['to-sales', /^For sales: /],
	['csm-task', /^Task: near a limit of the plan/],
	['asked-for-help', /^Customer asks for a human/],
]);
const LIVES = new Map(EXPANSION_LIVES.map((life) => [life.id, life]));
const IDS = [...LIVES.keys()].toSorted((a, b) => b.length - a.length);

/** By the address; where two accounts share one, and in mails to us, by the name in the text. */
function lifeOf({ to: [to = ''], html }: Mail): Life | undefined {
	const own = LIVES.get(to.split('@')[1]?.replace('.example', '') ?? '');
	return own ?? LIVES.get(IDS.find((id) => html.includes(id)) ?? '');
}

/** R49–R52 with P02, P04, P06, P09, P11, P12, P18, P26, P29–P33. */
describe('expansion, 120 days of 200 customers, on the real n8n', () => {
	let played: Played;
	const forSales: Mail[] = [];
	beforeAll(async () => {
		played = await play({
			workflow: withPriceList(readWorkflow('journey-expansion.json')),
			lives: EXPANSION_LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 6,
			record: expansionRecord,
			read: (mail) => {
				const { step, who } = read(mail);
				if (step === 'to-sales') forSales.push(mail);
				return { step, who: who === 'sales@example.com' ? 'sales' : who };
			},
			lifeOf,
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 1_800_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = EXPANSION_LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? [], 120),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
		expect(EXPANSION_LIVES.length).toBeGreaterThanOrEqual(200);
	});

	test('sales gets the full usage context (R51)', () => {
		expect(forSales.length).toBeGreaterThan(0);
		for (const { html } of forSales)
			for (const told of ['900 of 1000', '20 people a week', 'boards, reports', '(green)'])
				expect(html).toContain(told);
	});
});
