/** A message to a customer, sent or planned; ms since 1970. */
export type CrmTouch = { at: number; journey: string; stepId: string; channel: string };

/** What is known of an account that its record in a CRM is to show, with the records merged into it. */
export type CrmFacts = {
	accountId: string;
	/** The last one that was sent. */
	lastTouch?: CrmTouch;
	/** The next one that is held until a time. */
	nextTouch?: CrmTouch;
	/** That it is in, in the order of their names. */
	journeys: string[];
	/** What a journey gave to a human and nobody resolved yet (P06), the oldest of it; `to` is their address. */
	handOver?: { at: number; journey: string; stepId: string; to: string };
	openCase?: { no: number; kind: string; priority: string; owner: string; openedAt: number };
	/** By model; `day` and `state` as Health Score remembers them. */
	health: { model: string; day: number; state: string }[];
	tier?: string;
	/** What the CRM was told last, as whoever told it wrote it down. */
	told?: string;
};
