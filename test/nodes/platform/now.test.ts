import { DateTime } from 'luxon';
import type { INodeType } from 'n8n-workflow';
import { nowOption, readNow } from '../../../nodes/platform/now';
import { runNode } from '../../harness/runWorkflow';

const MOMENT = Date.UTC(2026, 2, 1, 9);

const clock: INodeType = {
	description: {
		displayName: 'Clock',
		name: 'clock',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Clock' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [nowOption],
			},
		],
	},
	async execute() {
		return await Promise.resolve([[{ json: { now: readNow(this) }, pairedItem: { item: 0 } }]]);
	},
};

const read = async (now: string | number | boolean | undefined, at?: string | number) => {
	const { outputs, error } = await runNode(clock, {
		input: [{ at: at ?? null }],
		parameters: { options: now === undefined ? {} : { now } },
	});
	return { now: outputs[0]?.[0]?.json.now, error };
};

describe('the Now option', () => {
	const times: [string | number, number][] = [
		['2026-03-01T09:00:00Z', MOMENT],
		['2026-03-01T10:00:00+01:00', MOMENT],
		['2026-03-01T09:00:00.250Z', MOMENT + 250],
		['20260301T090000Z', MOMENT],
		[MOMENT, MOMENT],
		[0, 0],
		["={{ DateTime.fromISO('2026-03-01T09:00:00Z') }}", MOMENT],
		["={{ new Date('2026-03-01T09:00:00Z') }}", MOMENT],
		["={{ DateTime.fromISO('2026-02-27T09:00:00Z').plus({ days: 2 }).toMillis() }}", MOMENT],
	];
	it.each(times)('%j is %i', async (given, expected) => {
		expect(await read(given)).toEqual({ now: expected, error: undefined });
	});

	it('takes an expression on the item', async () => {
		expect((await read('={{ $json.at }}', '2026-03-01T09:00:00Z')).now).toBe(MOMENT);
	});

	it('reads a time without a zone in the zone of the process, as luxon does', async () => {
		expect((await read('2026-03-01T09:00:00')).now).toBe(
			DateTime.fromISO('2026-03-01T09:00:00').toMillis(),
		);
	});

	it.each([undefined, '', '={{ $json.at }}', '={{ $json.unknown }}'])(
		'%j is the clock',
		async (given) => {
			const before = Date.now();
			const { now } = await read(given);
			expect(now).toBeGreaterThanOrEqual(before);
			expect(now).toBeLessThanOrEqual(Date.now());
		},
	);

	const wrong = [
		'tomorrow',
		'2026-02-30T09:00:00Z',
		'2026-13-01',
		'01/03/2026',
		'1767225600000',
		true,
		8.64e15 + 1,
		'={{ DateTime.fromISO("never") }}',
		'={{ new Date("never") }}',
		'={{ [1] }}',
	];
	it.each(wrong)('%j is refused, with how to write it', async (given) => {
		const { error } = await read(given);
		expect(error).toMatchObject({
			message: "The 'Now' option is not a time",
			description:
				'Use an ISO date-time such as 2026-03-01T09:00:00Z, or leave it empty for the clock.',
		});
	});
});
