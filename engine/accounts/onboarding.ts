import { localDaysPassed } from '../calendar/localTime';

/** A customer whose record names no stage is in onboarding for so many days (P18). */
export const ONBOARDING_DAYS = 30;

type About = {
	/** The record's own word, in lower case; '' where it says none. */
	stage: string;
	hasFirstValue: boolean;
	/** When the customer came into being, or the contract began if later (P14); undefined where nobody knows. */
	beganAt: number | undefined;
};

/** Whether a customer is in onboarding: their record says so, or names no stage and they are new. First value ends it (P16). */
export function isInOnboarding(
	{ stage, hasFirstValue, beganAt }: About,
	zone: string,
	now: number,
): boolean {
	if (hasFirstValue || isPastOnboarding(stage)) return false;
	// of one that names neither its stage nor its age nobody can say that it is new
	return stage === 'onboarding' || (beganAt !== undefined && isNew(beganAt, zone, now));
}

/** Whether the record's own word is of a later stage. */
export function isPastOnboarding(stage: string): boolean {
	return stage !== '' && stage !== 'onboarding';
}

export function isNew(beganAt: number, zone: string, now: number): boolean {
	return !localDaysPassed(beganAt, ONBOARDING_DAYS, zone, now);
}
