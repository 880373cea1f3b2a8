import { localDay } from '../health/history/localDay';
import type { Seen } from './choice';
import { CONTENT_KINDS, type ContentItem, type ContentKind } from './item';
import type { SelectorSettings } from './settings';

const NEVER = -Infinity;

/** What one contact was sent, by places of ids and of kinds; taken in anew for each contact. */
export class History {
	private readonly places = new Map<string, number>();
	private readonly lastDays: Float64Array;
	private readonly touched: number[] = [];
	/** How many of each kind were sent lately, by the kind's place. */
	readonly ofKind = new Int32Array(CONTENT_KINDS.length);
	/** The local day up to which it was looked at. */
	today = 0;
	private windowFrom = 0;

	/** Ids of items and of prerequisites are known; what is neither changes nothing but how tired one is of its kind. */
	constructor(
		items: readonly ContentItem[],
		private readonly settings: SelectorSettings,
	) {
		for (const { id } of items) this.add(id);
		for (const { prerequisites } of items) for (const id of prerequisites) this.add(id);
		this.lastDays = new Float64Array(this.places.size).fill(NEVER);
	}

	private add(id: string): void {
		if (!this.places.has(id)) this.places.set(id, this.places.size);
	}

	placeOf(id: string): number {
		return this.places.get(id) ?? -1;
	}

	/** @param now in ms since 1970 */
	look(seen: readonly Seen[], now: number, zone: string): void {
		for (const place of this.touched) this.lastDays[place] = NEVER;
		this.touched.length = 0;
		this.ofKind.fill(0);
		this.today = localDay(now, zone);
		const { windowDays } = this.settings;
		this.windowFrom = windowDays === 0 ? -Number.MAX_VALUE : this.today - windowDays + 1;
		for (const { contentId, kind, at } of seen) {
			const day = localDay(at, zone);
			if (this.today - day < this.settings.kindDays) this.count(kind);
			const place = this.places.get(contentId);
			if (place === undefined) continue;
			this.touched.push(place);
			this.lastDays[place] = Math.max(day, this.lastDays[place] ?? NEVER);
		}
	}

	private count(kind: ContentKind): void {
		const place = CONTENT_KINDS.indexOf(kind);
		if (place >= 0) this.ofKind[place] = (this.ofKind[place] ?? 0) + 1;
	}

	/** Whether it was sent within the window, by local dates; with a window of 0, whether it was sent at all. */
	inWindow(place: number): boolean {
		return (this.lastDays[place] ?? NEVER) >= this.windowFrom;
	}

	wasSent(place: number): boolean {
		return place >= 0 && this.lastDays[place] !== NEVER;
	}
}
