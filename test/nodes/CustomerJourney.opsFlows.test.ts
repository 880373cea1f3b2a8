import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { z } from 'zod/v4';
import { accountSchema } from '../../engine/accounts/account';
import { HealthScore } from '../../nodes/HealthScore/HealthScore.node';
import { isJourney } from '../../nodes/platform/nodeKinds';
import { runNode } from '../harness/runWorkflow';
import type { WorkflowFile } from '../n8n/client';
import { readWorkflow } from '../n8n/workflows';
import {
	closeLedgers,
	emitted,
	freshUserFolder,
	JOURNEY,
	ledgerOf,
	runJourney,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Wednesday, office hours from New York to Berlin. */
const NOW = '2026-11-18T15:00:00Z';
const itemsSchema = z.array(z.object({ json: z.looseObject({ accountId: z.string() }) }));

function codeOf({ nodes }: WorkflowFile, name: string, more: object = {}): IDataObject[] {
	const code = nodes.find((node) => node.name === name)?.parameters.jsCode;
	if (typeof code !== 'string') return [];
	const $now = DateTime.fromISO(NOW, { zone: 'America/New_York' });
	const items: unknown = runInNewContext(`(() => {${code}})()`, { $now, ...more });
	return itemsSchema
		.parse(JSON.parse(JSON.stringify(items)))
		.map(({ json }) => json as unknown as IDataObject);
}

/** Its samples as they come to its journeys: checked, with a band, a tier with its budget, and what the campaign adds. */
function accountsOf(workflow: WorkflowFile): IDataObject[] {
	const samples = codeOf(workflow, 'Sample customers').map((sample) => {
		const account = accountSchema.parse(sample);
		const arr = account.arr ?? 0;
		const isRed = (account.sentiment?.nps ?? 0) < 0;
		return {
			...(account as unknown as IDataObject),
			health: { band: isRed ? 'red' : 'green', score: isRed ? 30 : 90 },
			tier: {
				tier: arr > 75_000 ? 'highTouch' : arr < 5000 ? 'digital' : 'hybrid',
				budget: { exceeds: false, plannedHours: 4, hoursPerYear: (arr * 0.15) / 125 },
			},
		};
	});
	const $input = { all: () => samples.map((json) => ({ json })) };
	const campaign = codeOf(workflow, 'This campaign', { $input });
	return campaign.length > 0 ? campaign : samples;
}

/** What leaves a journey of the flow, each as `output: step account`, in a run of its own on the live ledger. */
async function leaves(
	file: string,
	journey: string,
	now = NOW,
	since: (account: IDataObject) => IDataObject = (account) => account,
): Promise<string[]> {
	const workflow = readWorkflow(`${file}.json`);
	const node = workflow.nodes.find((one) => isJourney(one) && one.name === journey);
	if (node === undefined) throw new Error(`No journey '${journey}'`);
	const { options, ...parameters } = node.parameters as INodeParameters;
	const outputs = Array.from({ length: 8 }, (_none, place) => place + 1);
	const run = await runJourney({
		input: accountsOf(workflow).map(since),
		parameters,
		// the tests of whole lives let the go-live pass; here everybody comes in at once
		options: { ...(options as INodeParameters), atGoLive: 'enroll', timezone: 'America/New_York' },
		now,
		behind: outputs.map((output) => ({
			name: `Channel ${String(output)}`,
			type: 'n8n-nodes-base.slack',
		})),
		wires: outputs.map((output) => ({
			from: JOURNEY,
			output,
			to: `Channel ${String(output)}`,
		})),
	});
	return emitted(run)
		.map((line) => line.replace(/ → .*/, ''))
		.toSorted();
}

const eventsSchema = z.array(
	z.looseObject({
		id: z.string(),
		accountId: z.string(),
		type: z.string(),
		occurredAt: z.string(),
		contact: z.string().optional(),
	}),
);

async function record(events: IDataObject[]): Promise<void> {
	await ledgerOf().recordEvents(
		eventsSchema.parse(events).map(({ occurredAt, ...event }) => ({
			...event,
			occurredAt: Date.parse(occurredAt),
			data: event,
		})),
		Date.parse(NOW),
	);
}

describe('what the samples of operations flows get, as their stories say', () => {
	it('campaign: active teams without reports are invited, those with reports hear the news (R54, R60, R80)', async () => {
		// red and high-touch the gate holds back before
		expect(await leaves('ops-campaign', 'Webinar journey')).toEqual(
			['garnet', 'jade', 'opal', 'zircon'].map((id) => `1: invitation ${id}`),
		);
		expect(await leaves('ops-campaign', 'Announcement journey')).toEqual(['1: announcement agate']);
	});

	it('milestones (R56, R80)', async () => {
		expect(await leaves('ops-milestones', 'Milestone journey')).toEqual([
			'1: projects-100 ash',
			'1: projects-100 larch',
			'1: projects-1000 maple-hill',
			'2: year-1 yew',
			'3: core-features rowan',
		]);
	});

	it('check-ins (R57, R80)', async () => {
		// the gate holds the high-touch eagle back
		expect(await leaves('ops-check-ins', 'Check-in journey')).toEqual([
			'1: check-in eagle',
			'1: check-in finch',
			'1: check-in heron',
		]);
	});

	it('usage drop: a mail for digital customers whose usage fell and who are not red, a task for high-touch (R24, P12, P18, P31)', async () => {
		const { outputs } = await runNode(new HealthScore(), {
			// as a run from the editor: what holds already is raised
			mode: 'manual',
			input: codeOf(readWorkflow('ops-usage-drop.json'), 'Sample customers'),
			parameters: { model: 'b2bSaas', options: { now: NOW } },
		});
		const scored = new Map(outputs[0]?.map(({ json }) => [json.accountId, json.health]));
		const withHealth = (account: IDataObject): IDataObject => ({
			...account,
			health: scored.get(account.accountId),
		});
		expect(await leaves('ops-usage-drop', 'Usage drop journey', NOW, withHealth)).toEqual([
			'1: what-fell loire',
			'1: what-fell rhone',
			'2: reach-by-hand volga',
			'3: csm-task danube',
		]);
	});

	it('value readout: who is red, and has the hours (R10, R81)', async () => {
		expect(await leaves('ops-human-touchpoints', 'Value readout')).toEqual([
			'1: value-readout delta',
		]);
	});

	it.each([
		['at the end of a quarter everybody', '2026-12-31T15:00:00Z', 6],
		['at its beginning nobody', '2027-01-02T15:00:00Z', 0],
	])('quarterly touch: %s had their turn (R12)', async (_who, now, count) => {
		expect(await leaves('ops-human-touchpoints', 'Quarterly touch', now)).toHaveLength(count);
	});

	it('in the app: each message for those whom it concerns (R59)', async () => {
		// the gate holds the red thorn back
		expect(await leaves('ops-in-app', 'In-app journey')).toEqual([
			'1: checklist sequoia',
			'1: news-timeline juniper',
			'1: nudge-reports poplar',
			'1: nudge-reports thorn',
		]);
	});

	it('in the app: weeks later each message by what came of it (R78)', async () => {
		const fourWeeks = '2026-12-16T15:00:00Z';
		/** Figures of that day; poplar uses reports by now. */
		const today = ({ usage, ...account }: IDataObject): IDataObject => ({
			...account,
			usage: {
				...(usage as IDataObject),
				asOf: fourWeeks,
				...(account.accountId === 'poplar'
					? { featuresUsed: ['boards', 'reports'], lastActiveAt: fourWeeks }
					: {}),
			},
		});
		const on = async (now: string, since?: typeof today): Promise<string[]> => {
			const left = await leaves('ops-in-app', 'In-app journey', now, since);
			const { log } = await ledgerOf().timeline(['sequoia', 'juniper', 'poplar', 'thorn']);
			await ledgerOf().confirm(
				log.map(({ touch }) => touch),
				Date.parse(now),
			);
			return left;
		};
		expect(await on(NOW)).toHaveLength(4);
		expect(await on('2026-12-02T14:58:00Z')).toEqual([]);
		expect(await on('2026-12-02T15:00:00Z')).toEqual(['2: checklist-missed sequoia']);
		expect(await on(fourWeeks, today)).toEqual([
			// who uses reports now is one for the news
			'1: news-timeline poplar',
			'2: news-timeline-missed juniper',
			'2: nudge-reports-missed thorn',
			'2: nudge-reports-reached poplar',
		]);
	});

	it('community: the unanswered question and the super-user (R58)', async () => {
		await record(codeOf(readWorkflow('ops-community.json'), 'Sample events'));
		expect(await leaves('ops-community', 'Community journey')).toEqual([
			'1: unanswered coral',
			'2: super-user shell',
			'3: super-user-signal shell',
		]);
	});

	it('renewal survey: who is six months before, and who answers 4 (R47, P28)', async () => {
		const first = await leaves('ops-renewal-survey', 'Survey journey');
		expect(first).toEqual(['1: survey bay', '1: survey cliff', '2: survey-task gneiss']);
		await record(codeOf(readWorkflow('ops-renewal-survey.json'), 'Sample answer'));
		const later = await leaves('ops-renewal-survey', 'Survey journey', '2026-11-18T15:10:00Z');
		expect(later).toEqual(['3: low-answer cliff']);
	});
});
