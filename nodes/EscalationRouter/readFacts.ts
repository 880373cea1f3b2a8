import type { IDataObject } from 'n8n-workflow';
import { isMissing } from '../../engine/accounts/missing';
import { show, showNumber } from '../../engine/accounts/show';
import { parseLocal } from '../../engine/calendar/localTime';
import type { CaseFacts } from '../../engine/escalation/case';
import { INVALID, readNumber } from '../../engine/health/cells';
import type { Reason } from '../../engine/journeys/memory';
import { compileAmount, type Rates } from '../../engine/tiers/amount';
import type { FieldReader } from '../platform/fieldPath';
import { own } from '../platform/own';
import { textOf } from '../platform/rows';

/** What is known of an account, and what stands there and cannot be read. */
export type FactsReader = (json: IDataObject) => { facts: CaseFacts; unread: Unread[] };
/** Why a field counts for nothing; `found` repeats nothing that may be personal. */
export type Unread = Reason & { field: string; problem: string; found: string };

const NO_NUMBER = 'is no plain number';
const NO_AMOUNT = 'is no plain amount of 0 or more';
const NO_DATE = 'is no date such as 2026-12-01';
export const AS_IF_UNKNOWN = 'routed as if nobody had told it';

/**
 * Compiles how the facts of an account are read, from the canonical account and what the nodes before say; amounts in
 * the program's currency (P36), and numbers as every node reads them, also where a sheet writes them as text.
 * @param missed is told of each account whose ARR nobody can compare, because its currency has no rate
 */
export function compileFacts(
	readers: Record<'region' | 'language' | 'product', FieldReader>,
	currency: string,
	rates: Rates,
	missed: (currency: unknown) => void,
): FactsReader {
	const amountOf = compileAmount(currency, rates);
	return (json) => {
		const unread: Unread[] = [];
		const figure = (of: 'health' | 'sentiment' | 'support', name: string): number | undefined => {
			const value = own(json[of], name);
			const read = readNumber(value);
			if (read === INVALID) unread.push(sayUnread(`${of}.${name}`, NO_NUMBER, showNumber(value)));
			return Number.isFinite(read) ? read : undefined;
		};
		const arr = amountOf(json.arr, json.currency);
		if (arr === 'currency_without_rate') missed(json.currency);
		if (arr === 'arr_invalid') unread.push(sayUnread('arr', NO_AMOUNT, showNumber(json.arr)));
		const renewalDate = dateOf(json.renewalDate);
		if (renewalDate === undefined && !isMissing(json.renewalDate))
			unread.push(sayUnread('renewalDate', NO_DATE, show(json.renewalDate)));
		const facts: Record<keyof CaseFacts, string | number | undefined> = {
			name: wordOf(json.name),
			arr: typeof arr === 'number' ? arr : undefined,
			tier: wordOf(own(json.tier, 'name')),
			region: wordOf(readers.region(json)),
			language: languageOf(wordOf(readers.language(json))),
			product: wordOf(readers.product(json)),
			csm: wordOf(json.csm)?.toLowerCase(),
			band: wordOf(own(json.health, 'band')),
			score: figure('health', 'score'),
			renewalDate,
			nps: figure('sentiment', 'nps'),
			csat: figure('sentiment', 'csat'),
			severity: (figure('support', 'openP1') ?? 0) > 0 ? 'p1' : wordOf(json.severity),
		};
		const known = Object.entries(facts).filter(([, value]) => value !== undefined);
		return { facts: Object.fromEntries(known), unread };
	};
}

function sayUnread(field: string, problem: string, found: string): Unread {
	const text = `Field '${field}' ${problem} (found ${found}): ${AS_IF_UNKNOWN}`;
	return { code: 'field_invalid', field, problem, found, text };
}

function wordOf(value: unknown): string | undefined {
	const word = textOf(value);
	return word === '' ? undefined : word;
}

/** The local date as it is written. */
function dateOf(value: unknown): string | undefined {
	const text = textOf(value);
	return parseLocal(text, 'UTC') === undefined ? undefined : text.slice(0, 10);
}

/** `de-AT` is spoken by whoever speaks `de`. */
function languageOf(locale: string | undefined): string | undefined {
	return locale?.split(/[-_]/)[0]?.toLowerCase();
}
