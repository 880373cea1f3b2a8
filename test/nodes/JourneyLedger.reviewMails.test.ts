import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode } from '../harness/runWorkflow';
import { claimed, NOW, send, serve, startEachTestAfresh } from './JourneyEmail.setup';

startEachTestAfresh();

const DAY = 86_400_000;
const review = async (now: number, parameters: INodeParameters = {}): Promise<IDataObject[][]> => {
	const { outputs } = await runNode(new JourneyLedger(), {
		mode: 'trigger',
		input: [{}],
		parameters: {
			operation: 'reviewMails',
			...parameters,
			options: { now: new Date(now).toISOString() },
		},
	});
	return outputs.map((items) => items.map(({ json }) => json));
};

describe('Review Mails (R79)', () => {
	it('knows of each mail that a Journey Email node sent, with its date and its owner', async () => {
		const { port } = await serve();
		const { outputs } = await send({
			port,
			items: await claimed(2),
			options: { reviewedAt: '2025-06-01', contentOwner: 'dora@vendor.example' },
		});
		expect(outputs[0]?.map(({ json }) => json.delivery)).toMatchObject([
			{ state: 'sent', reviewedAt: '2025-06-01' },
			{ state: 'sent', reviewedAt: '2025-06-01' },
		]);
		const [stale, inOrder] = await review(NOW + DAY);
		expect(inOrder).toEqual([]);
		const content = { owner: 'dora@vendor.example', state: 'stale', reviewedAt: '2025-06-01' };
		expect(stale).toMatchObject([
			{ content: { ...content, reasons: [{ code: 'reviewedTooLongAgo' }] } },
		]);
		expect((await review(NOW + DAY, { mailReviewDays: 365 }))[0]).toEqual([]);
		expect((await review(NOW + 31 * DAY)).flat()).toEqual([]);
	});

	it('what a tester got is no mail that customers get', async () => {
		const { port } = await serve();
		await send({ port, items: await claimed(1), mode: 'manual' });
		expect((await review(NOW)).flat()).toEqual([]);
	});

	it('a date that is none sends nothing, and says which field is wrong', async () => {
		const { port } = await serve();
		const sending = { port, items: await claimed(1), options: { reviewedAt: 'in spring' } };
		const { outputs } = await send({ ...sending, onError: 'continueRegularOutput' });
		expect(outputs[0]).toEqual([]);
		expect(JSON.stringify(outputs[1])).toContain('Reviewed At');
	});
});
