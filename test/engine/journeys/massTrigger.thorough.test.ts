import { began, inPages, paged } from './pages';

/** P10 on a sweep of 25,000 accounts in pages of 5,000. */
it.each([
	['25 % trigger: nothing begins, and one alarm is raised', 4, 0, 1],
	['20 % trigger: all begin', 5, 5_000, 0],
])(
	'%s',
	(_what, every, starts, alarms) => {
		const told = inPages(paged(5, 5_000, (index) => index % every === 0));
		expect(began(told)).toBe(starts);
		expect(told.alarms).toHaveLength(alarms);
	},
	300_000,
);
