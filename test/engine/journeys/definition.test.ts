import { journeySchema } from '../../../engine/journeys/definition';
import { JOURNEY_PRESETS } from '../../../engine/journeys/presets/presets';
import { SAMPLE_CHECKLIST } from '../../../engine/journeys/presets/onboarding';
import { priorityOf } from '../../../engine/journeys/priority';
import { DEFAULT_SENDING_HOURS } from '../../../engine/calendar/sendingHours';
import { human, journey, mail } from './journeys';

const first = mail('first', { type: 'daysAfterStart', days: 0 });
const mistakes = (...given: Parameters<typeof journey>): string[] => {
	try {
		journey(...given);
		return [];
	} catch (error) {
		const { issues } = error as { issues: { path: (string | number)[]; message: string }[] };
		return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
	}
};

describe('a definition that cannot be meant is told in a sentence', () => {
	it.each<[string, Parameters<typeof journey>, RegExp]>([
		[
			'a step after one that does not exist',
			[[mail('a', { type: 'daysAfterStep', step: 'b', days: 1 })]],
			/steps\.0\.when: waits for 'b'; give the ID/,
		],
		[
			'a step after none',
			[[mail('a', { type: 'daysAfterStep', step: '', days: 1 })]],
			/names no step/,
		],
		[
			'two steps that wait for each other',
			[
				[
					mail('a', { type: 'daysAfterStep', step: 'b', days: 1 }),
					mail('b', { type: 'daysAfterStep', step: 'a', days: 1 }),
				],
			],
			/waits, directly or over others, for itself/,
		],
		[
			'a path that is none',
			[[mail('a', { type: 'daysBeforeDate', field: 'renewal date', days: 1 })]],
			/must be the path of a date/,
		],
		[
			'two variants of one name',
			[
				[
					mail(
						'a',
						{ type: 'conditionsMet' },
						{
							variants: [
								{ name: 'x', weight: 1 },
								{ name: 'x', weight: 1 },
							],
						},
					),
				],
			],
			/two variants/,
		],
		[
			'an end before the date',
			[
				[first],
				{ start: { type: 'beforeDate', field: 'renewalDate', days: 90 }, endAfterDays: 60 },
			],
			/must be more than 90/,
		],
		[
			'a hold-out of onboarding',
			[[first], { type: 'onboarding', holdOutPercent: 10 }],
			/nobody is held out of onboarding/,
		],
		[
			'a hold-out of renewal',
			[[first], { type: 'renewal', holdOutPercent: 10 }],
			/nobody is held out of renewal/,
		],
		[
			'a hold-out of service',
			[[first], { type: 'intervention', holdOutPercent: 10 }],
			/service message/,
		],
		['a ramp of no days', [[first], { rampPerDay: 5 }], /rampDays: must be at least 1/],
	])('%s', (_what, given, message) => {
		expect(mistakes(...given)[0]).toMatch(message);
	});

	it('marketing may have a hold-out, and a chain of steps is fine', () => {
		expect(mistakes([first], { type: 'education', holdOutPercent: 10 })).toEqual([]);
		expect(
			mistakes([
				first,
				mail('b', { type: 'daysAfterStep', step: 'first', days: 1 }),
				human('c', { type: 'daysAfterStep', step: 'b', days: 1 }),
			]),
		).toEqual([]);
	});
});

it('P05: human, intervention, onboarding, renewal, expansion, survey, education, campaign, digest', () => {
	const types = [
		'intervention',
		'onboarding',
		'renewal',
		'expansion',
		'survey',
		'education',
		'campaign',
		'digest',
	] as const;
	expect(types.map(priorityOf)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});

describe.each(JOURNEY_PRESETS.map((preset) => [preset.id, preset] as const))(
	'the preset %s',
	(_id, preset) => {
		it('is a journey as it stands', () => {
			const { enters: _enters, goal: _goal, exit: _exit, ...rules } = preset;
			const parsed = journeySchema.safeParse({
				...rules,
				version: '1',
				timezone: 'Europe/Berlin',
				checklist: SAMPLE_CHECKLIST,
				team: 'team@vendor.example',
				sendingHours: DEFAULT_SENDING_HOURS,
			});
			expect(parsed.error?.issues ?? []).toEqual([]);
		});

		it('hands over to a human who asks for one (R64)', () => {
			expect(preset.steps.filter(({ when }) => when.type === 'helpWanted')).toHaveLength(1);
		});

		it('gives one output to steps of one channel only', () => {
			const channels = new Map<number, Set<string>>();
			for (const { output, channel } of preset.steps)
				channels.set(output, (channels.get(output) ?? new Set()).add(channel));
			for (const [, used] of channels) expect(used.size).toBe(1);
		});

		it('has conditions wherever it waits for conditions', () => {
			if (preset.start.type === 'conditions')
				expect(preset.enters?.rules.length).toBeGreaterThan(0);
			for (const { when, conditions } of preset.steps)
				if (when.type === 'conditionsMet') expect(conditions?.rules.length).toBeGreaterThan(0);
		});
	},
);
