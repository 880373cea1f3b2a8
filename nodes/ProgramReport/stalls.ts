import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { stallReport } from '../../engine/stalls/report';
import { stallPage, stallSubject, type Covered } from '../../engine/stalls/page';
import { startOfLocalDate } from '../../engine/calendar/localTime';
import { dateOf, localDay } from '../../engine/health/history/localDay';
import { openLedger } from '../platform/openLedger';
import { sayStalls } from './hints';
import { readStalls } from './readStalls';
import { walksOf } from './walks';

/**
 * At which set-up steps customers stumble (R29): on output 0 an item per step, the worst first; on output 1 one item with
 * the report as a page. Its input says what the CRM knows of set-up, where journeys are not told by events.
 */
export async function reportStalls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readStalls(context);
	const { now, zone, checklist, days, least, stallDays } = settings;
	const from = startOfLocalDate(now, -days, zone);
	// looking is safe: also from the editor it shows how customers really did
	const ledger = await openLedger(context, 'live');
	const { walks, arrived } = await walksOf(ledger, context.getInputData(), { ...settings, from });
	const steps = stallReport(checklist, walks, { stallDays, least });
	const covered: Covered = {
		from: dateOf(localDay(from, zone)),
		to: dateOf(localDay(now, zone)),
		accounts: walks.length,
		arrived,
	};
	context.addExecutionHints(sayStalls(covered, settings.journeyId, days));
	const pairedItem = { item: 0 };
	const page = {
		...covered,
		subject: stallSubject(steps, covered),
		html: stallPage(steps, covered),
	};
	return [
		steps.map((step) => ({ json: { report: { ...step } }, pairedItem })),
		[{ json: { report: page }, pairedItem }],
	];
}
