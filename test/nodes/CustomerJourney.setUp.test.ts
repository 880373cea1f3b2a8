import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	hintsOf,
	JOURNEY,
	recalled,
	rows,
	runJourney,
	wiredUp,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

describe('what is wrong with the set-up is said before anything is claimed', () => {
	const withRows = (change: (list: ReturnType<typeof rows>) => unknown[]) =>
		({ steps: { step: change(rows()) } }) as never;
	it.each([
		[
			'a step without a number',
			withRows((list) => list.map((row) => (row.id === 'nudge' ? { ...row, output: 0 } : row))),
			/'Nudge'.*has no number yet/,
		],
		[
			'a number beyond the outputs',
			withRows((list) => list.map((row) => (row.id === 'nudge' ? { ...row, output: 41 } : row))),
			/'Nudge'.*at most 40/,
		],
		[
			'two steps with one id',
			withRows((list) => list.map((row) => (row.id === 'nudge' ? { ...row, id: 'welcome' } : row))),
			/'Nudge'.*'welcome' is the id of an earlier step/,
		],
		[
			'an id that is none',
			withRows((list) =>
				list.map((row) => (row.id === 'nudge' ? { ...row, id: 'The Nudge' } : row)),
			),
			/'Nudge'.*lower-case/,
		],
		['no steps', withRows(() => []), /at least one step/],
		['no team', { team: '' }, /team address/],
		['no checklist', { checklist: {} }, /checklist is empty/],
		['a journey id that is none', { journeyId: 'My Journey' }, /lower-case/],
	])('%s', async (_what, parameters, message) => {
		const run = await runJourney({ input: [account('a')], parameters });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.message).not.toContain('\n');
		expect((await recalled('live', ['a'])).enrollments).toEqual([]);
	});

	it.each([
		['no touches', { touchesPerRun: 0 }, /Touches per Run/],
		['a zone that is none', { timezone: 'Mars/Base' }, /time zone/],
		['hours turned round', { opensAt: '18:00' }, /open before it closes/],
		['no lease', { leaseMinutes: 0 }, /Lease Minutes/],
		['a time that is none', { now: 'soon' }, /'Now' option/],
	])('option: %s', async (_what, options, message) => {
		const run = await runJourney({ input: [account('a')], options });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.message).not.toMatch(/[[{]/);
	});

	it('two enabled senders on one output; one of them disabled is fine', async () => {
		const two = (disabled: boolean) => {
			const { behind, wires } = wiredUp();
			return {
				behind: [...behind, { name: 'Send Email', type: 'n8n-nodes-base.emailSend', disabled }],
				wires: [...wires, { from: JOURNEY, output: 1, to: 'Send Email' }],
			};
		};
		const run = await runJourney({ input: [account('a')], ...two(false) });
		expect(run.error?.message).toMatch(/Output 1 is wired to 2 senders/);
		expect((await recalled('live', ['a'])).enrollments).toEqual([]);
		expect(emitted(await runJourney({ input: [account('a')], ...two(true) }))).toHaveLength(1);
	});

	it('names no address', async () => {
		const run = await runJourney({
			input: [account('a', { contacts: [{ email: 'not an address @ all', role: 'king' }] })],
		});
		expect(hintsOf(run)).toContain('contacts[0].email');
		expect(hintsOf(run)).not.toContain('@ all');
	});
});
