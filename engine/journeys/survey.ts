import { said } from './engagement';
import type { JourneyEvent, Touch } from './memory';

const ANSWERED = 'survey_answered';
/** How senders call what was answered. */
const NAMES = ['answer', 'score', 'rating'];

/**
 * The last answer, 0 to 10, to what this episode asked: of an event that names one of its touches, or in `survey` its
 * journey. Other surveys have other scales (P28).
 */
export function surveyAnswer(
	events: readonly JourneyEvent[],
	touches: readonly Touch[],
	{ journey, anchorAt, now }: { journey: string; anchorAt: number; now: number },
): number | undefined {
	const keys = new Set(touches.map(({ key }) => key));
	let last: { at: number; answer: number } | undefined;
	for (const { type, occurredAt: at, touch = '', data } of events) {
		if (type !== ANSWERED || at < anchorAt || at > now) continue;
		if (!keys.has(touch) && said(data, 'survey') !== journey) continue;
		const answer = answerIn(data);
		if (answer !== undefined && (last === undefined || at >= last.at)) last = { at, answer };
	}
	return last?.answer;
}

function answerIn(data: JourneyEvent['data']): number | undefined {
	for (const name of NAMES) {
		const value = said(data, name);
		const answer = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof answer === 'number' && answer >= 0 && answer <= 10) return answer;
	}
	return undefined;
}
