import { byFlags, journey, mail } from './journeys';
import { account, contact, diary, everyHours, simulate, type Told } from './simulate';

/** P10: 20 % and at least 20 accounts in one sweep, or usage data older than 48 hours. */
const intervention = journey([mail('hello', { type: 'daysAfterStart', days: 0 })], {
	atGoLive: 'baseline',
});
const sweeps = everyHours('2026-03-02 10:00', '2026-03-05 10:00', 24);
const usual = { asOf: '2026-03-04' };

function run(hot: number, of: number, usage: object = usual): { told: Told; alarms: number } {
	let alarms = 0;
	const told = simulate({
		sweeps: sweeps.flatMap((time) => [time, time + 3_600_000]),
		accounts: (now) =>
			Array.from({ length: of }, (_nothing, index) =>
				account({
					accountId: `a${String(index)}`,
					contacts: [contact(`p${String(index)}`, 'admin')],
					hot: index < hot && now > (sweeps[1] ?? 0) + 3_600_000,
					usage,
				}),
			),
		journey: intervention,
		conditions: byFlags,
		after: (_now, _ledger, decisions) => {
			alarms += decisions.filter(({ alarm }) => alarm !== undefined).length;
		},
	});
	return { told, alarms };
}

it.each([
	['19 of 50: too few to be suspicious', 19, 50, 19],
	['20 of 100 are not more than 20 %', 20, 100, 20],
	['21 of 100', 21, 100, 0],
	['20 of 50', 20, 50, 0],
])('%s', (_what, hot, of, sent) => {
	const { told, alarms } = run(hot, of);
	expect(diary(told)).toHaveLength(sent);
	// on Wednesday and on Thursday, though two sweeps ran each day
	expect(alarms).toBe(sent === 0 ? 2 : 0);
});

it('old usage data begin nothing; accounts without any are no sign of age', () => {
	expect(diary(run(5, 50, { asOf: '2026-02-20' }).told)).toEqual([]);
	expect(diary(run(5, 50, {}).told)).toHaveLength(5);
});
