import { readWorkflow } from '../n8n/workflows';

const LEDGER = 'n8n-nodes-digital-cs.journeyLedger';

describe('a mail or a request that comes once', () => {
	test.each([
		['ops-replies-and-bounces.json', 'readMail'],
		['ops-unsubscribe.json', 'openLink'],
	])('is not lost by %s to a ledger that is away for a moment', (file, operation) => {
		const nodes = readWorkflow(file).nodes.filter(({ type }) => type === LEDGER);
		// recording twice is recording once, so these may be tried again
		expect(nodes).toEqual([
			expect.objectContaining({
				parameters: expect.objectContaining({ operation }) as object,
				retryOnFail: true,
			}),
		]);
	});
});
