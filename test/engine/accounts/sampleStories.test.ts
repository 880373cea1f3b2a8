import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleAccounts } from '../../../engine/accounts/sample';
import { advanceJourney } from '../../../engine/journeys/advance';
import { at, onboarding } from '../journeys/simulate';

/** A Wednesday afternoon in Europe, so that the mail of European accounts may leave (P02). */
const NOW = at('2026-03-18 15:00');

/** What each sample's story promises of the first sweep: the steps that are due, whether they go at once or wait for the hour. */
const STORIES: Record<string, string[]> = {
	// P26: of several steps due only the latest goes
	'olive-optics': ['welcome → ada@olive.example.com'],
	'stone-studio': ['first-results', 'nudge invite-team'],
	'ember-electric': ['celebrate → esha@ember.example.com', 'hand-over'],
	'quartz-quilts': ['reach-by-hand → team@vendor.example'],
	'maple-motors': ['set-up-guide → max@maple.example.com'],
	'maple-motors-old': [],
	'mint-media': ['set-up-guide'],
	'rust-rentals': ['first-results → rene@rust.example.com', 'nudge invite-team'],
	'harbor-holdings': ['set-up-guide → hana@harbor.example.com'],
};

const README = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
/** What README's table calls each step. */
const WORDS: Record<string, RegExp> = {
	welcome: /\bwelcome\b/,
	'set-up-guide': /\bguide\b/,
	'first-results': /\bFirst results\b/,
	nudge: /\bnudge\b/,
	celebrate: /\bcelebration\b/,
	'hand-over': /\bhand-over\b/,
	'reach-by-hand': /\bhuman\b/,
};

describe('the first sweep of onboarding over the sample accounts', () => {
	const accounts = sampleAccounts(NOW);
	const decisions = advanceJourney(
		onboarding(),
		accounts,
		{
			enrollments: [],
			touches: [],
			events: [],
			handOvers: [],
			openCases: [],
			lastEmails: new Map(),
			waiting: new Map(),
			stopped: undefined,
			pausedAccounts: new Map(),
			pausedAddresses: new Map(),
			suppressed: new Set(),
			startedAt: NOW,
			survivorOf: new Map(),
		},
		{ now: NOW, dry: false },
	);

	it.each(accounts.map(({ accountId, story }) => [accountId, story]))('%s: %s', (accountId) => {
		const decision = decisions.find((candidate) => candidate.accountId === accountId);
		const sent = (decision?.touches ?? []).map(({ touch, to }) =>
			to === '' ? touch.stepId : `${touch.stepId} → ${to}`,
		);
		const held = (decision?.notes ?? [])
			.filter(({ state }) => state === 'held')
			.map(({ stepId, topic }) => (topic === '' ? stepId : `${stepId} ${topic}`));
		const expected = STORIES[accountId] ?? ['no story'];
		expect(new Set([...sent, ...held])).toEqual(new Set(expected));
	});

	it.each(accounts.filter(({ accountId }) => accountId !== 'maple-motors-old'))(
		'README promises $name what it gets: the first step first, and each of them',
		({ accountId, name = '' }) => {
			const [, row = ''] = new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'm').exec(README) ?? [];
			const steps = (STORIES[accountId] ?? []).map((line) => line.split(' ')[0] ?? '');
			const places = Object.entries(WORDS)
				.map(([step, word]) => ({ step, at: row.search(word) }))
				.filter(({ at: place }) => place >= 0)
				.sort((a, b) => a.at - b.at)
				.map(({ step }) => step);
			expect(places[0]).toBe(steps[0]);
			expect(places).toEqual(expect.arrayContaining(steps));
		},
	);
});
