import { isZone } from '../../calendar/zone';
import { isHealth, isJourney, isOurs, isProfile, isRouter, isSchedule, routes } from '../kinds';
import type { Rule } from '../finding';
import { at, isExpression, rowsAt, textAt } from '../parameters';
import type { Workflow, WorkflowNode } from '../workflow';

const successSaved: Rule = {
	code: 'success-data-saved',
	severity: 'error',
	holds: 'The data of successful executions are not kept.',
	todo: "Workflow settings: Save successful production executions 'Do not save', Save execution progress 'Do not save'. Journey Ledger, Look Up tells what happened.",
	*find({ workflow }) {
		const { nodes, settings } = workflow;
		if (!nodes.some(isOurs)) return;
		// a page of customers in each of thousands of executions, or one link that somebody clicked
		const severity = nodes.some((node) => isProfile(node) || isJourney(node) || isHealth(node))
			? 'error'
			: 'warning';
		if (settings.saveDataSuccessExecution !== 'none')
			yield {
				severity,
				text: 'n8n keeps the data of each successful execution, customers and addresses included: for 100,000 accounts 18 seconds and 600 MB each time.',
			};
		if (settings.saveExecutionProgress === true)
			yield { severity, text: 'n8n writes down its progress after each node, with all items.' };
	},
};

/** A node that asks what the local time is, and has no zone of its own. */
function needsZone(node: WorkflowNode): boolean {
	if (isSchedule(node)) return true;
	if (isRouter(node)) {
		// the calendar that the node begins with names no zone
		const usual = routes(node) && textAt(node, ['policySource'], 'fields') === 'fields' ? [{}] : [];
		const calendars = rowsAt(node, 'calendars', 'calendar') ?? usual;
		return calendars.some((calendar) => zoneIn(calendar) === '');
	}
	return isJourney(node) && ownZone(node) === '';
}

function calendarsOf(node: WorkflowNode): readonly unknown[] {
	return rowsAt(node, 'calendars', 'calendar') ?? [];
}

function zoneIn(calendar: unknown): string {
	const zone = at(calendar, 'zone');
	return typeof zone === 'string' ? zone.trim() : '';
}

function ownZone(node: WorkflowNode): string {
	const zone = at(node.parameters, 'options', 'timezone');
	return typeof zone === 'string' ? zone.trim() : '';
}

const zoneMissing: Rule = {
	code: 'time-zone-missing',
	severity: 'error',
	holds: 'Whatever goes by the clock says in which time zone.',
	todo: 'Workflow settings: choose the Timezone of the team, such as Europe/Berlin.',
	*find({ workflow }) {
		const zone = zoneOf(workflow);
		if (zone === undefined) {
			const nodes = workflow.nodes.filter(needsZone).map(({ name }) => `'${name}'`);
			if (nodes.length > 0)
				yield {
					text: `The workflow has no time zone: ${nodes.join(', ')} ${nodes.length === 1 ? 'goes' : 'go'} by that of the n8n server, New York as it comes.`,
				};
		} else if (!isZone(zone)) yield { text: `The workflow's time zone '${zone}' is none.` };
		for (const node of workflow.nodes) {
			if (!isOurs(node)) continue;
			const own = [ownZone(node), ...calendarsOf(node).map(zoneIn)];
			const wrong = own.find((name) => name !== '' && !isExpression(name) && !isZone(name));
			if (wrong !== undefined)
				yield {
					node: node.name,
					text: `'${node.name}' names '${wrong}', which is no time zone.`,
					todo: 'Name a zone such as Europe/Berlin or America/New_York.',
				};
		}
	},
};

function zoneOf({ settings }: Workflow): string | undefined {
	const { timezone } = settings;
	return typeof timezone === 'string' && timezone !== '' && timezone !== 'DEFAULT'
		? timezone
		: undefined;
}

/** A schedule that names an hour of the day; one every ten minutes is the same in all zones. */
function namesAnHour(node: WorkflowNode): boolean {
	return (rowsAt(node, 'rule', 'interval') ?? []).some((row) => {
		const field = at(row, 'field');
		const cron = at(row, 'expression');
		if (field === 'cronExpression' || typeof cron === 'string')
			return typeof cron === 'string' && /^\S+\s+\d/.test(cron.trim());
		return field === 'days' || field === 'weeks' || field === 'months' || field === undefined;
	});
}

const zonesDiffer: Rule = {
	code: 'schedule-in-other-zone',
	severity: 'error',
	holds: 'A schedule that names an hour is in the time zone of the programme.',
	todo: 'Give the workflow the time zone of the programme (Workflow settings), or leave Programme Time Zone empty.',
	*find({ workflow, journeys, live }) {
		const zone = zoneOf(workflow);
		const programme = journeys.find(({ node, timezone }) => timezone !== '' && live.has(node.name));
		if (zone === undefined || programme === undefined) return;
		if (programme.timezone === zone || isExpression(programme.timezone)) return;
		for (const schedule of workflow.nodes.filter(isSchedule))
			if (namesAnHour(schedule))
				yield {
					node: schedule.name,
					text: `'${schedule.name}' names an hour in ${zone}, and '${programme.node.name}' goes by ${programme.timezone}: it starts at another hour than it says.`,
				};
	},
};

export const settingRules: readonly Rule[] = [successSaved, zoneMissing, zonesDiffer];
