import { JOURNEY_PRESETS } from '../../../../engine/journeys/presets/presets';
import { rowOf } from '../../../../nodes/CustomerJourney/presetRows';
import { set } from '../change';
import { EDUCATION, INTERVENTION, ONBOARDING, RENEWAL, type Fault } from './fault';

const rowsOfIntervention = (
	JOURNEY_PRESETS.find(({ id }) => id === 'intervention')?.steps ?? []
).map(rowOf);

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
		fault: 'two nodes that decide for one journey',
		file: RENEWAL,
		breakIt: (file) => set(file, 'Survey journey', ['journeyId'], 'renewal'),
		rule: 'journey-twice',
		at: 'Survey journey',
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
		fault: 'engagement said to be reported, with nothing that reports',
		file: INTERVENTION,
		breakIt: (file) => set(file, 'Intervention journey', ['options', 'engagementReported'], true),
		rule: 'engagement-unknown',
		at: 'Intervention journey',
	},
];
