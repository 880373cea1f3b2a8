import {
	HANDED_OVER,
	isPending,
	isRefused,
	mayHaveArrived,
	type Candidate,
	type Episode,
} from './episode';
import type { Enrollment, Touch } from './memory';

type About = Pick<Candidate, 'step' | 'topic'>;

/** What was decided so far, by key and by what it is about. */
export type History = {
	byKey: ReadonlyMap<string, Touch>;
	/** P32: what a merged record was sent, or is being, is not sent again. */
	inherited: (about: About) => boolean;
	/** What may be handed out yet, of every record. */
	open: (about: About) => readonly Touch[];
};

/**
 * The touches of an episode: its own, and those of the latest episode of each merged record, whichever cycle that counts
 * as (P32). Not those of one that was over when a later cycle began: who comes back gets its messages again (P17).
 */
export function touchesIn(
	episode: Enrollment | undefined,
	touches: readonly Touch[],
	rows: readonly Enrollment[],
): readonly Touch[] {
	if (episode === undefined) return [];
	const latest = new Map<string, Enrollment>();
	for (const row of rows) {
		if (row.cycle >= (latest.get(row.accountId)?.cycle ?? 0)) latest.set(row.accountId, row);
	}
	return touches.filter(({ accountId, cycle }) => {
		const row = latest.get(accountId);
		if (accountId === episode.accountId || row === undefined) return cycle === episode.cycle;
		const isEarlier = episode.cycle > 1 && (row.endedAt ?? Infinity) <= episode.enrolledAt;
		return cycle === row.cycle && !isEarlier;
	});
}

export function historyOf({ touches, mine, enrollment, now }: Episode): History {
	const inherited = new Set<string>();
	const open = new Map<string, Touch[]>();
	for (const touch of mine) {
		const about = `${touch.stepId}/${touch.topic}`;
		if (isOpen(touch, now)) open.set(about, [...(open.get(about) ?? []), touch]);
		else if (touch.accountId !== enrollment.accountId && wasBegun(touch)) inherited.add(about);
	}
	return {
		byKey: new Map(touches.map((touch) => [touch.key, touch])),
		inherited: ({ step, topic }) => inherited.has(`${step.id}/${topic}`),
		open: ({ step, topic }) => open.get(`${step.id}/${topic}`) ?? [],
	};
}

/** Went, is on its way, or was given up after it was tried. */
function wasBegun({ state, attempts }: Touch): boolean {
	return HANDED_OVER.has(state) || (state === 'lapsed' && attempts > 0);
}

function isOpen(touch: Touch, now: number): boolean {
	return isPending(touch, now) || (touch.state === 'failed' && touch.nextAt !== undefined);
}

/**
 * The idempotency key: the same for this step, cycle and topic whatever is retried, renamed or merged. What a merged
 * record began with goes on under that record's key (P32). When one address refused it for good, or may have got it, the
 * message to another person (P11) is another touch. `address` is '' as long as nobody is chosen.
 */
export function keyOf(
	{ enrollment, now }: Pick<Episode, 'enrollment' | 'now'>,
	about: About,
	{ byKey, open }: Pick<History, 'byKey' | 'open'>,
	address = '',
): string {
	const { journey, cycle, accountId, dry } = enrollment;
	const parts = [journey, String(cycle), accountId, about.step.id, about.topic];
	const base = `${dry ? 'dry/' : ''}${parts.map(encodeURIComponent).join('/')}`;
	const own: Touch[] = [];
	let next = base;
	for (let touch = byKey.get(next); touch !== undefined; touch = byKey.get(next)) {
		own.push(touch);
		next = `${base}/to-${String(own.length + 1)}`;
	}
	const over = own.findLast((touch) => !isRefused(touch) && !isOpen(touch, now));
	if (over !== undefined) return over.key;
	const last = own.at(-1);
	const goesOn = (touch: Touch): boolean =>
		address === ''
			? touch === last || !own.includes(touch)
			: !mayHaveArrived(touch) || touch.address === address;
	const [first] = open(about)
		.filter(goesOn)
		.sort(
			(a, b) =>
				progressOf(b) - progressOf(a) ||
				Number(own.includes(b)) - Number(own.includes(a)) ||
				(a.key < b.key ? -1 : 1),
		);
	return first?.key ?? next;
}

/** How far a touch that may be handed out yet has come. */
function progressOf(touch: Touch): number {
	if (touch.state === 'claimed' || mayHaveArrived(touch)) return 3;
	return touch.state === 'failed' ? 2 : touch.state === 'held' ? 1 : 0;
}
