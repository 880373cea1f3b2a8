import { workflowSchema, type WorkflowFile } from '../../client';
import { readWorkflow } from '../../workflows';
import { differences } from '../life';
import { lifeFinder, listedIn, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom } from './opsPlay';
import { FROM, LIVES, UNTIL } from './communityLives';

/** The flow under the name by which the test's machinery knows a trigger, signing by HMAC as it does. */
function asPlayed(workflow: WorkflowFile): WorkflowFile {
	const text = JSON.stringify(workflow)
		.replaceAll('Community events', 'CRM events')
		.replace('"sender":"standardWebhooks"', '"sender":"hmac"');
	return workflowSchema.parse(JSON.parse(text));
}

/** R58 with P02, P06, P09, P12. */
describe('the community, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: asPlayed(readWorkflow('ops-community.json')),
			webhookId: 'test-community',
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 4,
			record: (life, at) => recordFrom(life, at),
			read: mailReader([
				['unanswered', /^Unanswered in the community: About q\d \(/],
				['super-user', /^You help others a lot/],
				['asked-for-help', /^Customer asks for a human/],
			]),
			lifeOf: lifeFinder(LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 600_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = LIVES.flatMap((life) => differences(life, played.deliveries.get(life.id) ?? []));
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('what was so before the flow first ran is listed to operations, once (P09)', () => {
		const lists = listedIn(played.operations);
		expect(lists).toEqual([[FROM, ['asked-before', 'super-before']]]);
	});
});
