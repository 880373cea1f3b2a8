import type { Row } from '../../../engine/accounts/row';
import { readCatalogue, type Catalogue } from '../../../engine/content/catalogue';
import type { FreshnessSettings } from '../../../engine/content/freshness';
import { freeze } from '../../harness/freeze';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const GOOD: Row = {
	id: 'boards',
	title: 'Your first board',
	url: 'https://help.example.com/boards',
	kind: 'tutorial',
	reviewedAt: '2026-02-01',
};

const read = (rows: readonly Row[], settings: Partial<FreshnessSettings> = {}): Catalogue =>
	readCatalogue(freeze(rows), { now: NOW, zone: 'Europe/Berlin', reviewDays: 180, ...settings });
const withCells = (cells: Row, settings?: Partial<FreshnessSettings>): Catalogue =>
	read([{ ...GOOD, ...cells }], settings);

describe('what a cell may look like', () => {
	const table: [what: string, cells: Row, expected: object][] = [
		[
			'a list of a sheet',
			{ features: 'Boards, Forms;API | Goals' },
			{ features: ['Boards', 'Forms', 'API', 'Goals'] },
		],
		['lines in one cell', { features: 'Boards\nForms\n' }, { features: ['Boards', 'Forms'] }],
		['a list of a CMS', { features: ['Boards', ' Forms '] }, { features: ['Boards', 'Forms'] }],
		['the same word twice', { plans: 'Team, Team' }, { plans: ['Team'] }],
		[
			'an empty cell',
			{ features: '', plans: null, summary: undefined },
			{ features: [], plans: [] },
		],
		['a mark for unknown', { outcome: 'N/A' }, {}],
		['a kind in words', { kind: 'Release note' }, { kind: 'releaseNote' }],
		['a kind of a system', { kind: 'release_note' }, { kind: 'releaseNote' }],
		['roles in words', { roles: 'Decision Maker, ADMIN' }, { roles: ['decisionMaker', 'admin'] }],
		[
			'stages in any case',
			{ stages: 'Onboarding | RENEWING' },
			{ stages: ['onboarding', 'renewing'] },
		],
		['languages of systems', { languages: 'DE_at; pt-br' }, { languages: ['de-AT', 'pt-BR'] }],
		['a number as id', { id: 4711 }, { id: '4711' }],
		['a number as version', { productVersion: 5.2 }, { productVersion: '5.2' }],
		[
			'a date object',
			{ reviewedAt: new Date('2026-02-03T00:00:00Z') },
			{ reviewedAt: '2026-02-03T00:00:00.000Z' },
		],
		['a title on two lines', { title: 'One\n two' }, { title: 'One two' }],
		[
			'http on this machine',
			{ url: 'http://localhost:8080/a' },
			{ url: 'http://localhost:8080/a' },
		],
	];
	it.each(table)('%s', (_what, cells, expected) => {
		const { items, invalid } = withCells(cells);
		expect(invalid).toEqual([]);
		expect(items[0]).toMatchObject(expected);
	});

	it('cuts a long summary, which is shown to nobody in full', () => {
		const { items } = withCells({ summary: 'word '.repeat(300) });
		expect(items[0]?.summary?.length).toBeLessThanOrEqual(500);
	});

	it('takes headings of exports, and the own name before any other', () => {
		const row = {
			'Content ID': 'a',
			name: 'No',
			Title: 'Yes',
			LINK: 'https://example.com/a',
			Content_Type: 'Video',
			'Last reviewed': '2026-02-01',
			'Valid until': '2027-01-01',
			Audience: 'champion',
		};
		expect(read([row]).items[0]).toMatchObject({
			id: 'a',
			title: 'Yes',
			kind: 'video',
			roles: ['champion'],
			expiresAt: '2027-01-01',
		});
	});
});

describe('a row that cannot be read is told with what to do, and costs no other row', () => {
	const table: [what: string, cells: Row, code: string, field: string][] = [
		['no id', { id: '' }, 'missing', 'id'],
		['no title', { title: null }, 'missing', 'title'],
		['no link', { url: undefined }, 'missing', 'url'],
		['no kind', { kind: 'n/a' }, 'missing', 'kind'],
		['a kind of its own', { kind: 'podcast' }, 'notOneOf', 'kind'],
		['a stage of its own', { stages: 'onboarding, mature' }, 'notOneOf', 'stages'],
		['a role of its own', { roles: 'boss' }, 'notOneOf', 'roles'],
		['a language that is none', { languages: 'de, Tom' }, 'notALanguage', 'languages'],
		['a language with a name in it', { languages: 'de-x-anna' }, 'notALanguage', 'languages'],
		['a link without https', { url: 'http://help.example.com/a' }, 'badUrl', 'url'],
		['a script as link', { url: 'javascript:alert(1)' }, 'badUrl', 'url'],
		[
			'a link that leads elsewhere',
			{ url: 'https://help.example.com@evil.example/a' },
			'badUrl',
			'url',
		],
		['a path', { url: '/a/b' }, 'badUrl', 'url'],
		['a date that is none', { expiresAt: '2026-02-30' }, 'notATime', 'expiresAt'],
		['an American date', { reviewedAt: '3/1/2026' }, 'notATime', 'reviewedAt'],
		['a title without end', { title: 'x'.repeat(201) }, 'tooLong', 'title'],
		['a word without end', { features: 'x'.repeat(101) }, 'tooLong', 'features'],
		['an id without end', { id: 'x'.repeat(501) }, 'wrongShape', 'id'],
		['an object as feature', { features: [{ name: 'Boards' }] }, 'wrongShape', 'features'],
	];
	it.each(table)('%s', (_what, cells, code, field) => {
		const { items, invalid } = read([
			{ ...GOOD, ...cells },
			{ ...GOOD, id: 'other' },
		]);
		expect(items.map(({ id }) => id)).toEqual(['other']);
		expect(invalid).toHaveLength(1);
		expect(invalid[0]?.row).toBe(0);
		expect(invalid[0]?.reasons).toContainEqual(expect.objectContaining({ code, field }));
		expect(invalid[0]?.reasons[0]?.text).toMatch(/^Row 1/);
	});

	it('takes the first of two rows with one id, stale or not', () => {
		const { items, stale, invalid } = read([{ ...GOOD, reviewedAt: '' }, GOOD]);
		expect(items).toEqual([]);
		expect(stale).toHaveLength(1);
		expect(invalid).toMatchObject([
			{ row: 1, id: 'boards', reasons: [{ code: 'duplicateId', first: 0 }] },
		]);
	});

	it('repeats nothing of a cell', () => {
		const canary = 'ana.canary@example.com';
		const cells = Object.fromEntries(Object.keys(GOOD).map((name) => [name, canary]));
		expect(
			JSON.stringify(read([{ ...cells, id: 'a', title: 'b', languages: canary }])),
		).not.toContain('canary');
	});
});

describe('what is stale or expired is left out and listed (R79)', () => {
	const table: [
		what: string,
		cells: Row,
		settings: Partial<FreshnessSettings>,
		code: string | undefined,
	][] = [
		['reviewed on the last day', { reviewedAt: '2025-09-03' }, {}, undefined],
		['reviewed a day before', { reviewedAt: '2025-09-02' }, {}, 'reviewedTooLongAgo'],
		['never reviewed', { reviewedAt: '' }, {}, 'neverReviewed'],
		['never reviewed, which nobody asks for', { reviewedAt: '' }, { reviewDays: 0 }, undefined],
		['reviewed tomorrow, in another zone', { reviewedAt: '2026-03-03' }, {}, undefined],
		['reviewed in the future', { reviewedAt: '2026-09-01' }, {}, 'reviewAhead'],
		['an older version', { productVersion: '5.1' }, { productVersion: '5.2' }, 'olderVersion'],
		[
			'5.9 is older than 5.10',
			{ productVersion: '5.9' },
			{ productVersion: '5.10' },
			'olderVersion',
		],
		['the same version', { productVersion: 'v5.2' }, { productVersion: '5.2' }, undefined],
		['a newer version', { productVersion: '6' }, { productVersion: '5.2' }, undefined],
		[
			'the minor version, at a patch',
			{ productVersion: '5.2' },
			{ productVersion: '5.2.7' },
			undefined,
		],
		[
			'the patch, at a minor version',
			{ productVersion: '5.2.7' },
			{ productVersion: '5.2' },
			undefined,
		],
		['no version', { productVersion: '' }, { productVersion: '5.2' }, undefined],
		['a version in words', { productVersion: 'autumn' }, { productVersion: '5.2' }, undefined],
		['expires today', { expiresAt: '2026-03-02' }, {}, undefined],
		['expired yesterday', { expiresAt: '2026-03-01' }, {}, 'expired'],
		['expires this evening', { expiresAt: '2026-03-02T18:00:00Z' }, {}, undefined],
		['expired this morning', { expiresAt: '2026-03-02T08:00:00Z' }, {}, 'expired'],
		// 09:00 UTC is 22:00 there, 8 pm the day before on the other side
		[
			'expires today, where it is tomorrow',
			{ expiresAt: '2026-03-02' },
			{ now: Date.parse('2026-03-02T12:00:00Z'), zone: 'Pacific/Auckland' },
			'expired',
		],
	];
	it.each(table)('%s', (_what, cells, settings, code) => {
		const owner = 'olga@vendor.example';
		const { items, stale, expired } = withCells({ owner, ...cells }, settings);
		if (code === undefined) {
			expect(items).toHaveLength(1);
			return;
		}
		expect(items).toEqual([]);
		expect(code === 'expired' ? expired : stale).toMatchObject([
			{ row: 0, id: 'boards', title: GOOD.title, owner, reasons: [{ code }] },
		]);
	});
});

describe('hints', () => {
	const codes = ({ hints }: Catalogue): string[] => hints.map(({ code }) => code);
	it('no column for reviews', () => {
		expect(codes(withCells({ reviewedAt: undefined }))).toEqual(['noReviewDates']);
	});
	it('an owner that is no address keeps nothing from being sent', () => {
		const catalogue = withCells({ owner: 'Olga' });
		expect(catalogue.items).toHaveLength(1);
		expect(codes(catalogue)).toEqual(['ownersUnreadable']);
	});
	it('a prerequisite that nothing is called', () => {
		expect(codes(withCells({ prerequisites: 'bords' }))).toEqual(['unknownPrerequisites']);
		expect(codes(withCells({ prerequisites: 'forms', features: 'Forms' }))).toEqual([]);
		expect(codes(withCells({ prerequisites: 'boards' }))).toEqual([]);
	});
	it('versions that cannot be compared', () => {
		expect(codes(withCells({ productVersion: 'autumn' }, { productVersion: '5' }))).toEqual([
			'versionsUnreadable',
		]);
		expect(codes(withCells({}, { productVersion: 'autumn' }))).toEqual(['versionUnreadable']);
	});
});

it('what is expired and stale is expired: no review brings it back', () => {
	const { stale, expired } = withCells({ expiresAt: '2026-01-01', reviewedAt: '' });
	expect([stale.length, expired.length]).toEqual([0, 1]);
});

it('no rows are no items, and nothing throws', () => {
	expect(read([])).toEqual({ items: [], stale: [], expired: [], invalid: [], hints: [] });
	expect(read([{}]).invalid).toHaveLength(1);
});
