import type { Reason } from '../journeys/memory';

const rowName = (row: number): string => `Row ${String(row + 1)}`;

/** Why a row is no content. Nothing of a cell is repeated: a wrong column may hold anything. */
export const refused = {
	missing: (row: number, field: string): Reason => ({
		code: 'missing',
		field,
		text: `${rowName(row)} has no ${field}. Fill it in at the source, or name its column "${field}".`,
	}),
	titleTooLong: (row: number, found: number, most: number): Reason => ({
		code: 'tooLong',
		field: 'title',
		found,
		most,
		text: `${rowName(row)}: the title has ${String(found)} characters, where at most ${String(most)} are taken. Shorten it at the source.`,
	}),
	listTooLong: (row: number, field: string, most: number, longest: number): Reason => ({
		code: 'tooLong',
		field,
		most,
		text: `${rowName(row)}: ${field} holds more than ${String(most)} words, or one of more than ${String(longest)} characters. Separate words by commas, semicolons or bars.`,
	}),
	notALanguage: (row: number): Reason => ({
		code: 'notALanguage',
		field: 'languages',
		text: `${rowName(row)}: a language is not known. Write it as de, de-AT or pt-BR.`,
	}),
	badUrl: (row: number, plain: boolean): Reason => ({
		code: 'badUrl',
		field: 'url',
		text: plain
			? `${rowName(row)}: the link begins with http. Customers get links that begin with https only.`
			: `${rowName(row)}: the link is no web address that begins with https, or holds a user name. Write it as https://help.example.com/article.`,
	}),
	notAnItem: (row: number, field: string): Reason => ({
		code: 'invalidValue',
		field,
		text: `${rowName(row)}: ${field} is not as the documentation describes it. Correct it at the source.`,
	}),
	duplicate: (row: number, first: number): Reason => ({
		code: 'duplicateId',
		field: 'id',
		first,
		text: `${rowName(row)} repeats the id of row ${String(first + 1)}, which was taken. Give each its own id.`,
	}),
};

/** Why content is not sent for now, though it can be read (R79). */
export const leftOut = {
	neverReviewed: (): Reason => ({
		code: 'neverReviewed',
		text: 'It does not say when it was last reviewed.',
	}),
	reviewedTooLongAgo: (days: number, most: number): Reason => ({
		code: 'reviewedTooLongAgo',
		days,
		most,
		text: `It was last reviewed ${String(days)} days ago, where ${String(most)} are the limit.`,
	}),
	reviewAhead: (days: number): Reason => ({
		code: 'reviewAhead',
		days,
		text: `Its last review lies ${String(days)} days in the future: the date tells when it is due, or is a slip.`,
	}),
	olderVersion: (version: string, current: string): Reason => ({
		code: 'olderVersion',
		version,
		current,
		text: `It was last checked against version ${version}; the product is at ${current}.`,
	}),
	expired: (at: string): Reason => ({ code: 'expired', at, text: `It expired: ${at}.` }),
};

/** What the whole catalogue should be told. */
export const hint = {
	noReviewDates: (): Reason => ({
		code: 'noReviewDates',
		field: 'reviewedAt',
		text: 'No row says when it was last reviewed, so all count as stale. Add a column "Reviewed At", or set the days between reviews to 0.',
	}),
	unknownPrerequisites: (items: number): Reason => ({
		code: 'unknownPrerequisites',
		field: 'prerequisites',
		items,
		text: `${counted(items)} a prerequisite that is no id and no feature of the catalogue: only who is known to use a feature of that name can get it.`,
	}),
	ownersUnreadable: (items: number): Reason => ({
		code: 'ownersUnreadable',
		field: 'owner',
		items,
		text: `${counted(items)} an owner that is no e-mail address: nobody can be told when it needs a review.`,
	}),
	versionUnreadable: (): Reason => ({
		code: 'versionUnreadable',
		field: 'productVersion',
		text: 'The version of the product is not written in numbers such as 5.2, so no content was compared with it.',
	}),
	versionsUnreadable: (items: number): Reason => ({
		code: 'versionsUnreadable',
		field: 'productVersion',
		items,
		text: `${counted(items)} a version that is not written in numbers such as 5.2, and was not compared with the product's.`,
	}),
};

function counted(items: number): string {
	return items === 1 ? '1 row has' : `${String(items)} rows have`;
}
