import type { Rule } from '../finding';
import type { JourneyNode, JourneyStep } from '../journeys';

const journeyIncomplete: Rule = {
	code: 'journey-incomplete',
	severity: 'error',
	holds: 'The definition of each journey is one that Customer Journey accepts.',
	todo: 'Open the node and mend the field; until then it refuses to run.',
	*find({ journeys }) {
		for (const { node, mistakes } of journeys)
			for (const { field, text } of mistakes)
				if (field !== 'team' && field !== 'sales')
					yield { node: node.name, text: `'${node.name}': ${text}.` };
	},
};

/** Series of messages: each of them is what they are for, and no state of the customer ends them as reached. */
const WITHOUT_GOAL: ReadonlySet<string> = new Set(['campaign', 'digest', 'education', 'survey']);

/** Presets whose goal is an event that ends the cycle by itself: a renewal (P27), a limit that is no longer near. */
function endsByItself({ preset }: JourneyNode): boolean {
	return preset !== undefined && preset.goal === undefined && !preset.endsAtFirstValue;
}

const journeyWithoutGoal: Rule = {
	code: 'journey-without-goal',
	severity: 'error',
	holds: 'Each journey but a series of messages has a goal.',
	todo: 'Fill in Goal: what is true of a customer for whom the journey has done its work. It ends there, before the next message.',
	*find({ journeys }) {
		for (const journey of journeys) {
			const { node, type, goal, endsAtFirstValue } = journey;
			if (goal.length > 0 || endsAtFirstValue) continue;
			if (WITHOUT_GOAL.has(type) || endsByItself(journey)) continue;
			yield {
				node: node.name,
				text: `'${node.name}' has no goal: it goes on writing to customers who have long got where it leads.`,
			};
		}
	},
};

const journeyNeverEnds: Rule = {
	code: 'journey-never-ends',
	severity: 'error',
	holds: 'Each journey has a way out.',
	todo: 'Set End After Days (Options), or fill in Leaves When.',
	*find({ journeys }) {
		for (const { node, preset, type, ...of } of journeys) {
			if (of.endAfterDays > 0 || of.exit.length > 0) continue;
			if (of.goal.length > 0 || of.endsAtFirstValue) continue;
			// a series of one's own may go on for as long as somebody is a customer: it ends with that (P32)
			if (preset === undefined && WITHOUT_GOAL.has(type)) continue;
			yield {
				node: node.name,
				text: `Nobody ever leaves '${node.name}': it has neither a last day nor a condition to leave.`,
			};
		}
	},
};

const journeyTwice: Rule = {
	code: 'journey-twice',
	severity: 'error',
	holds: 'Each journey is decided for by one node.',
	todo: 'Give one of them another Journey ID, or delete it.',
	*find({ journeys, workflow }, { patients }) {
		for (const { node, id } of journeys) {
			if (id === '') continue;
			const all = patients.flatMap((patient) =>
				// an import that is not published waits to take over, which is on purpose
				patient.workflow === workflow || (patient.workflow.active && workflow.active)
					? patient.journeys.filter((other) => other.id === id)
					: [],
			);
			const [other] = all;
			if (other !== undefined && other.node !== node)
				yield {
					node: node.name,
					text: `'${node.name}' and '${other.node.name}' both decide for the journey '${id}': the second one is refused when it runs.`,
				};
		}
	},
};

/** Whatever brings clicks and replies back. */
const engagementUnknown: Rule = {
	code: 'engagement-unknown',
	severity: 'error',
	holds: 'No step waits for engagement that no channel reports.',
	todo: "Set up what reports (Customer Event Trigger, ops-unsubscribe for clicks, ops-replies-and-bounces) and switch on Engagement Is Reported; or add a step for journey.engagement 'unknown', as the preset has.",
	*find({ journeys }, { patients }) {
		for (const { node, steps, engagementReported } of journeys) {
			const toAll = steps.find(
				({ conditions }) =>
					asks(conditions, 'engaged', 'notEquals') && !asks(conditions, 'unknown', 'notEquals'),
			);
			const waiting =
				toAll ??
				steps.find(
					({ when, conditions }) =>
						when === 'noEngagement' ||
						asks(conditions, 'none') ||
						asks(conditions, 'engaged', 'notEquals'),
				);
			if (waiting === undefined) continue;
			if (!engagementReported && toAll !== undefined) {
				yield {
					node: node.name,
					todo: "Ask for journey.engagement 'none' in place of not 'engaged', and see to it that engagement is reported (Customer Event Trigger, ops-unsubscribe for clicks, ops-replies-and-bounces; Engagement Is Reported).",
					text: `'${toAll.name}' of '${node.name}' is for whoever has not engaged, and no channel reports who did: it comes to all.`,
				};
			} else if (!engagementReported) {
				// somebody looks where nobody can know
				if (steps.some(({ conditions }) => asks(conditions, 'unknown'))) continue;
				yield {
					node: node.name,
					text: `'${waiting.name}' of '${node.name}' waits for nobody to have engaged, and no channel reports who did: it never comes.`,
				};
			} else if (!patients.some(({ reports }) => reports)) {
				yield {
					node: node.name,
					text: `'${node.name}' says that engagement is reported, and nothing here brings clicks or replies in: everybody looks as if they had not engaged, and '${waiting.name}' comes to all.`,
				};
			}
		}
	},
};

function asks(conditions: JourneyStep['conditions'], state: string, how = 'equals'): boolean {
	return conditions.some(
		({ left, right, is }) => /\bjourney\.engagement\b/.test(left) && right === state && is === how,
	);
}

export const journeyRules: readonly Rule[] = [
	journeyIncomplete,
	journeyWithoutGoal,
	journeyNeverEnds,
	journeyTwice,
	engagementUnknown,
];
