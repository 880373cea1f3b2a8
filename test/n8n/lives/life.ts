import { DateTime } from 'luxon';

/** What happens to a customer, told as an event of their CRM. */
export type LifeEvent = {
	/** Local, as days after their day 0 and a time: `+2 09:30`. */
	readonly at: string;
	readonly type: string;
	readonly [field: string]: unknown;
};

/** A customer who behaves in one way, and what they and we are to hear of it. */
export type Life = {
	readonly id: string;
	/** Which rule it shows. */
	readonly story: string;
	readonly zone: string;
	/** Local date of day 0. */
	readonly day0: string;
	/** What the CRM says of them on a day after day 0 at a time, over what it says of everybody. */
	readonly account?: (day: number, time: string) => object;
	readonly events?: readonly LifeEvent[];
	/**
	 * Every message with its day and its recipient, written from the requirements and rules: `+2 set-up-guide > admin`.
	 * `+4..+6` is any of these days, and `a|b` one of two messages, where no rule says which; `?` before it is what no rule
	 * asks for or forbids.
	 */
	readonly expected: readonly string[];
};

/** A message as it went out. */
export type Delivery = {
	readonly at: number;
	readonly step: string;
	readonly who: string;
	/** Else it came in the app, or however the product shows things. */
	readonly byMail: boolean;
};

/** When something of a life happens, ms since 1970. */
export function momentOf({ day0, zone }: Pick<Life, 'day0' | 'zone'>, at: string): number {
	const [days = '', time = ''] = at.split(' ');
	const local = DateTime.fromISO(`${day0}T${time}`, { zone }).plus({ days: Number(days) });
	if (!local.isValid) throw new RangeError(`'${at}' is no moment`);
	return local.toMillis();
}

/** The day and the time of a life at a moment: `[2, '09:05']`. */
export function dayOf({ day0, zone }: Pick<Life, 'day0' | 'zone'>, at: number): [number, string] {
	const local = DateTime.fromMillis(at, { zone });
	const days = local.startOf('day').diff(DateTime.fromISO(day0, { zone }), 'days').days;
	return [Math.round(days), local.toFormat('HH:mm')];
}

/**
 * Why what went out is not what was expected; none where it is.
 * @param lastDay what comes after it is of no interest
 */
export function differences(
	life: Life,
	deliveries: readonly Delivery[],
	lastDay = Infinity,
): string[] {
	const untimely = deliveries.filter((one) => isUntimely(life, one));
	const open = deliveries
		.map(({ at, step, who }) => ({ day: dayOf(life, at)[0], step, who }))
		.filter(({ day }) => day <= lastDay);
	const missing = life.expected.flatMap((line) => {
		const { first, last, step, who, isOptional } = readLine(line);
		const place = open.findIndex(
			(one) =>
				step.split('|').includes(one.step) &&
				one.who === who &&
				one.day >= first &&
				one.day <= last,
		);
		if (place >= 0) open.splice(place, 1);
		return place >= 0 || isOptional ? [] : [`${life.id}: missing '${line}'`];
	});
	const more = open.map(
		({ day, step, who }) => `${life.id}: not expected '+${String(day)} ${step} > ${who}'`,
	);
	const early = untimely.map(
		({ at, step, who }) =>
			`${life.id}: out of hours '${dayOf(life, at).join(' ')} ${step} > ${who}'`,
	);
	return [...missing, ...more, ...early];
}

/** What answers what the customer just did; who is one of us is alerted at any time. */
const AT_ONCE = new Set(['welcome', 'celebrate', 'milestone', 'thousand', 'core-features']);
const OURS = new Set(['team', 'csm', 'sales']);

/** P02: automated e-mail leaves Monday to Friday, nine to five, in the customer's zone. */
export function isUntimely(
	{ zone }: Pick<Life, 'zone'>,
	{ at, step, who, byMail }: Delivery,
): boolean {
	if (!byMail || AT_ONCE.has(step) || OURS.has(who)) return false;
	const { weekday, hour } = DateTime.fromMillis(at, { zone });
	return weekday > 5 || hour < 9 || hour >= 17;
}

const LINE = /^(\?)?\+(\d+)(?:\.\.\+(\d+))? (\S+) > (\S+)$/;

function readLine(line: string): {
	first: number;
	last: number;
	step: string;
	who: string;
	isOptional: boolean;
} {
	const [, optional, first, last = first, step = '', who = ''] = LINE.exec(line) ?? [];
	if (first === undefined) throw new RangeError(`'${line}' is no expectation`);
	return {
		first: Number(first),
		last: Number(last),
		step,
		who,
		isOptional: optional !== undefined,
	};
}
