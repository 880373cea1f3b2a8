import { asksForHuman } from '../../../engine/journeys/asksForHuman';

/** P18: a ticket of the highest severity reaches a human, whatever its sender calls that, and wherever in the event it stands. */
describe('a ticket of the highest severity', () => {
	const WORDS = [
		'P1',
		'p-1',
		'1',
		1,
		'sev1',
		'Sev-1',
		'severity 1',
		'blocker',
		'critical',
		'urgent',
	];

	it.each([...WORDS, 'highest', ' P1 '])('%j', (word) => {
		for (const data of [
			{ severity: word },
			{ priority: word },
			{ data: { severity: word } },
			{ data: { priority: word } },
		])
			expect([data, asksForHuman({ type: 'ticket_opened', data })]).toEqual([data, true]);
	});

	it.each(['P2', 'p-11', '10', 2, 'sev2', 'high', 'normal', '', null, true, { severity: 'P1' }])(
		'%j is none',
		(word) => {
			expect(asksForHuman({ type: 'ticket_opened', data: { severity: word } })).toBe(false);
			expect(asksForHuman({ type: 'ticket_opened', data: { data: { priority: word } } })).toBe(
				false,
			);
		},
	);

	it('what the event says itself comes before what stands in its data', () => {
		const data = { severity: 'P3', data: { severity: 'P1' } };
		expect(asksForHuman({ type: 'ticket_opened', data })).toBe(false);
	});
});
