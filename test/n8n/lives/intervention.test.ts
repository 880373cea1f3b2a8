import type { WorkflowFile } from '../client';
import { readWorkflow } from '../workflows';
import { startInApp, withInApp, type InApp } from './inApp';
import { INTERVENTION_LIVES, interventionRecord, UNREPORTED_LIVES } from './interventionLives';
import { differences, type Life } from './life';
import { lifeFinder, listedIn, mailReader } from './mails';
import { play, type Play, type Played } from './play';

const FROM = Date.parse('2026-02-05T02:05:00Z');
/** Sixty days after whoever drops last. */
const UNTIL = Date.parse('2026-05-02T20:05:00Z');

const STEPS: readonly (readonly [step: string, subject: RegExp])[] = [
	['pattern', /^Is something in the way at /],
	['consultation', /^20 minutes with somebody/],
	['nobody-engaged', /^Please take over: health is low and nobody has answered for 14 days/],
	['still-low', /^Please take over: health is still low after 30 days/],
	['not-reached', /^Please take over: health fell and no message could be sent/],
	['relapse', /^Please take over: health dropped again within 30 days/],
	['reach-by-hand', /^Please reach by hand/],
	['asked-for-help', /^Customer asks for a human/],
	['csm-task', /^Task: health dropped/],
	['engagement-unknown', /^Have a look: health is low, and no channel tells/],
];

/** Clicks and replies come back as events. */
function reported(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Intervention journey'
			? { ...node, parameters: { ...node.parameters, options: { engagementReported: true } } }
			: node,
	);
	return { ...workflow, nodes };
}

const planOf = (workflow: WorkflowFile, lives: readonly Life[]): Play => ({
	workflow,
	webhookId: 'test-intervention',
	lives,
	from: FROM,
	until: UNTIL,
	everyHours: 6,
	record: interventionRecord,
	read: mailReader(STEPS),
	lifeOf: lifeFinder(lives),
	report: (text) => process.stderr.write(`${text}\n`),
});

const found = (lives: readonly Life[], { deliveries }: Played): string[] =>
	lives.flatMap((life) => differences(life, deliveries.get(life.id) ?? []));

/** R38–R41 with P01, P02, P06, P08, P09, P11–P13, P18–P23, P26, P31–P33, P35. */
describe('health intervention, sixty days of 200 customers, on the real n8n', () => {
	let played: Played;
	let inApp: InApp;
	beforeAll(async () => {
		inApp = await startInApp();
		const workflow = withInApp(
			reported(readWorkflow('journey-health-intervention.json')),
			inApp.url,
		);
		played = await play({
			...planOf(workflow, INTERVENTION_LIVES),
			alsoArrived: () =>
				inApp.shown().map((to) => {
					const [who = '', host = ''] = to.split('@');
					const role = who === 'decisionmaker' ? 'decisionMaker' : who;
					return { lifeId: host.replace('.example', ''), step: 'in-app', who: role };
				}),
		});
	}, 1_800_000);
	afterAll(async () => inApp.close());

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		expect(found(INTERVENTION_LIVES, played)).toEqual([]);
		expect(played.strays).toEqual([]);
		expect(INTERVENTION_LIVES.length).toBeGreaterThanOrEqual(200);
	});

	test('whoever was red at the go-live is listed to operations, once (P09)', () => {
		const red = INTERVENTION_LIVES.filter(({ id }) => id.startsWith('red-before'));
		expect(listedIn(played.operations)).toEqual([[FROM, red.map(({ id }) => id).toSorted()]]);
	});
});

describe('health intervention where no channel reports and nothing is shown in the app', () => {
	let played: Played;
	beforeAll(async () => {
		const workflow = readWorkflow('journey-health-intervention.json');
		played = await play({
			...planOf(workflow, UNREPORTED_LIVES),
			from: Date.parse('2026-02-13T02:05:00Z'),
			until: Date.parse('2026-03-20T20:05:00Z'),
			everyHours: 2,
		});
	}, 600_000);

	test('days count from the mail, and unknown is not taken for none (P13, P20)', () => {
		expect(found(UNREPORTED_LIVES, played)).toEqual([]);
		expect(played.strays).toEqual([]);
	});
});
