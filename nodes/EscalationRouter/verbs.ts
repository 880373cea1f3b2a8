import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	acknowledge,
	handBack,
	pause,
	reassign,
	recordTouch,
	resolve,
	resume,
	type Answer,
} from '../../engine/escalation/answers';
import type { Case } from '../../engine/escalation/case';
import { readText } from '../platform/readText';
import { compileNewOwner } from './newOwner';
import { whyNotStable } from './stable';

export const ANSWERS = [
	'acknowledge',
	'handBack',
	'reassign',
	'recordTouch',
	'resolve',
	'wait',
] as const;
export type AnswerName = (typeof ANSWERS)[number];

/** Who answers, and the item that says so. */
type Given = { by: string; json: IDataObject; index: number };
export type Verb = (one: Case, given: Given, now: number) => Answer;

/** What an operation does to a case; its parameters are read once. @throws NodeOperationError where one cannot be */
export function verbOf(context: IExecuteFunctions, name: AnswerName): Verb {
	switch (name) {
		case 'acknowledge':
			return (one, { by }, now) => acknowledge(one, by, now);
		case 'recordTouch':
			return (one, { by }, now) => recordTouch(one, by, now);
		case 'resolve': {
			const outcome = readText(context, 'outcome') || 'resolved';
			return (one, { by }, now) => resolve(one, { by, outcome }, now);
		}
		case 'wait': {
			const goesOn = context.getNodeParameter('waitAction', 0, 'wait') === 'goOn';
			return (one, _given, now) => (goesOn ? resume(one, now) : pause(one, now));
		}
		case 'handBack': {
			const onlyIfStable = context.getNodeParameter('onlyIfStable', 0, true) === true;
			return (one, { by, json }, now) => {
				const refused = onlyIfStable ? whyNotStable(one, json.health) : undefined;
				return refused === undefined
					? handBack(one, { by, outcome: 'handedBack' }, now)
					: { refused };
			};
		}
		case 'reassign': {
			const newOwner = compileNewOwner(context);
			return (one, { by, json, index }, now) => {
				const to = newOwner(json, index);
				return 'refused' in to ? to : reassign(one, { to, by }, now);
			};
		}
	}
}
