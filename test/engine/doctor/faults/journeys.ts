import { JOURNEY_PRESETS } from '../../../../engine/journeys/presets/presets';
import { rowOf } from '../../../../nodes/CustomerJourney/presetRows';
import { set, type File } from '../change';
import { EDUCATION, INTERVENTION, ONBOARDING, TOUCHPOINTS, type Fault } from './fault';

const rowsOfIntervention = (
	JOURNEY_PRESETS.find(({ id }) => id === 'intervention')?.steps ?? []
).map(rowOf);

/** The first step asks for engagement. */
const forWhom =
	(operation: string, rightValue: string) =>
	(file: File): void => {
		const [first, ...others] = rowsOfIntervention;
		const leftValue = '={{ $json.journey.engagement }}';
		const asked = [{ leftValue, rightValue, operator: { type: 'string', operation } }];
		const step = [{ ...first, conditions: { conditions: asked } }, ...others];
		set(file, 'Intervention journey', ['steps'], { step });
	};

export const journeys: readonly Fault[] = [
	{
		fault: 'a journey whose goal was emptied',
		file: INTERVENTION,
		breakIt: (file) => set(file, 'Intervention journey', ['goalWhen'], {}),
		rule: 'journey-without-goal',
		at: 'Intervention journey',
	},
	{
		fault: 'a journey that nobody ever leaves',
		file: EDUCATION,
		breakIt: (file) => set(file, 'Education journey', ['exitWhen'], {}),
		rule: 'journey-never-ends',
		at: 'Education journey',
	},
	{
		fault: 'two steps with one ID',
		file: ONBOARDING,
		breakIt: (file) => set(file, 'Onboarding journey', ['steps', 'step', '1', 'id'], 'welcome'),
		rule: 'journey-incomplete',
		at: 'Onboarding journey',
	},
	{
		// it refuses to run, so that it brings nobody a task, however often accounts come in
		fault: 'a task that waits for conditions of which there are none',
		file: TOUCHPOINTS,
		breakIt: (file) => {
			set(file, 'Quarterly touch', ['reEntry'], 'afterDays');
			set(file, 'Quarterly touch', ['reEntryDays'], 14);
			set(file, 'Quarterly touch', ['steps', 'step', '0', 'conditions'], {});
		},
		rule: 'journey-incomplete',
		at: 'Quarterly touch',
	},
	{
		fault: 'a journey that starts by conditions of which there are none',
		file: TOUCHPOINTS,
		breakIt: (file) => set(file, 'Quarterly touch', ['entersWhen'], {}),
		rule: 'journey-incomplete',
		at: 'Quarterly touch',
	},
	{
		fault: 'two nodes that decide for one journey',
		file: 'ops-campaign.json',
		breakIt: (file) => {
			set(file, 'Announcement journey', ['journeyId'], 'webinar-reports-1');
			set(file, 'Who is in scope', ['rememberForJourneys'], 'webinar-reports-1');
		},
		rule: 'journey-twice',
		at: 'Announcement journey',
	},
	{
		fault: 'a step that waits for silence, where no channel reports',
		file: INTERVENTION,
		breakIt: (file) =>
			set(file, 'Intervention journey', ['steps'], {
				step: rowsOfIntervention.filter(({ id }) => id !== 'engagement-unknown'),
			}),
		rule: 'engagement-unknown',
		at: 'Intervention journey',
	},
	{
		fault: 'a step for whoever is not engaged, where no channel reports',
		file: INTERVENTION,
		breakIt: forWhom('notEquals', 'engaged'),
		rule: 'engagement-unknown',
		at: 'Intervention journey',
	},
	{
		fault: 'engagement said to be reported, with nothing that reports',
		file: INTERVENTION,
		breakIt: (file) => set(file, 'Intervention journey', ['options', 'engagementReported'], true),
		rule: 'engagement-unknown',
		at: 'Intervention journey',
	},
];
