import { CRM_FIELDS } from './fields';
import type { CrmRecord } from './record';

export type CrmTarget = 'hubspot' | 'salesforce';
export type CrmChange = { accountId: string; record: CrmRecord };

/** What each API takes in one call. */
export const MOST_PER_CALL: Readonly<Record<CrmTarget, number>> = { hubspot: 100, salesforce: 200 };

/**
 * The body of one call that updates these records and no others, by their ids: writing it twice is writing it once.
 * https://developers.hubspot.com/docs/api-reference/crm-companies-v3/batch/post-crm-v3-objects-companies-batch-update,
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_update.htm
 * @param idProperty HubSpot only: the property that holds the account's id, where that is not the record's own
 */
export function bodyOf(
	target: CrmTarget,
	changes: readonly CrmChange[],
	idProperty: string,
): object {
	if (target === 'salesforce') {
		const records = changes.map(({ accountId, record }) => ({
			attributes: { type: 'Account' },
			id: accountId,
			...Object.fromEntries(CRM_FIELDS.map(({ name, salesforce }) => [salesforce, record[name]])),
		}));
		return { allOrNone: false, records };
	}
	const inputs = changes.map(({ accountId, record }) => ({
		id: accountId,
		...(idProperty === '' ? {} : { idProperty }),
		// every value is a text, and an empty one clears the property
		properties: Object.fromEntries(
			CRM_FIELDS.map(({ name, hubspot }) => [hubspot, String(record[name] ?? '')]),
		),
	}));
	return { inputs };
}

/** What an API said of each record of a batch. */
export type Outcome = { accountId: string; done: boolean; why?: string };

type Parts = Readonly<Record<string, unknown>>;

/**
 * Reads which records of a batch were written. What cannot be told counts as not written: it is told again, which does no
 * harm.
 */
export function outcomesOf(
	target: CrmTarget,
	accountIds: readonly string[],
	response: unknown,
): Outcome[] {
	if (target === 'salesforce') {
		const results = Array.isArray(response) ? response.map(partsOf) : [];
		return accountIds.map((accountId, index) => {
			const result = results[index];
			if (result?.success === true) return { accountId, done: true };
			const [error] = listOf(result?.errors).map(partsOf);
			return { accountId, done: false, why: codeOf(error?.statusCode) ?? 'noAnswer' };
		});
	}
	const { results, errors, status, numErrors } = partsOf(response);
	const failed = listOf(errors).map(partsOf);
	const isWhole =
		status === 'COMPLETE' &&
		failed.length === 0 &&
		(numErrors === undefined || numErrors === 0) &&
		listOf(results).length >= accountIds.length;
	const written = new Set(
		listOf(results).flatMap((result) => {
			const { id } = partsOf(result);
			return typeof id === 'string' || typeof id === 'number' ? [String(id)] : [];
		}),
	);
	return accountIds.map((accountId) => {
		if (isWhole || written.has(accountId)) return { accountId, done: true };
		return { accountId, done: false, why: codeOf(failed[0]?.category) ?? 'noAnswer' };
	});
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function partsOf(value: unknown): Parts {
	return isParts(value) ? value : {};
}

function isParts(value: unknown): value is Parts {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A code, as machines write it; never a sentence, which might name somebody. */
function codeOf(value: unknown): string | undefined {
	return typeof value === 'string' && /^[A-Z0-9_]{1,80}$/.test(value) ? value : undefined;
}
