import type { File } from '../change';

/** A shipped workflow with one thing done wrong, and what Doctor has to name. */
export type Fault = {
	fault: string;
	file: string;
	/** The mails are switched on first, as whoever goes live does. */
	live?: boolean;
	breakIt: (file: File) => void;
	rule: string;
	/** Where it is not the rule's own. */
	severity?: 'error' | 'warning';
	/** null: the workflow as a whole. */
	at: string | null;
};

export const ONBOARDING = 'journey-onboarding.json';
export const EDUCATION = 'journey-education.json';
export const INTERVENTION = 'journey-health-intervention.json';
export const RENEWAL = 'journey-renewal.json';
export const DESK = 'ops-escalation-desk.json';
export const REVIEW = 'ops-content-review.json';
export const TOUCHPOINTS = 'ops-human-touchpoints.json';
export const TRIAGE = 'ops-daily-triage.json';
export const PREVIEW = 'ops-preview-csv.json';

/** n8n's If, to be put somewhere. */
export const IF = { name: 'Only Europe', type: 'n8n-nodes-base.if', typeVersion: 2.2 };
