import { lettersOf } from './read';
import { typeNamed } from './names';
import type { Heard } from './heard';
import type { EventType } from './types';

/** What somebody says an event of a sender means to them. */
export type EventRule = {
	/** What the sender calls it; case and separators do not matter. */
	event: string;
	/** Only where the new value of the property is this. */
	value?: string;
	type: EventType;
	/** For `set_up_step_completed`: which step it is. Left out: what the event says. */
	step?: string;
};

/** The first rule that speaks of the event; undefined where none does. */
export function ruleFor(
	{ names, value }: Heard,
	rules: readonly EventRule[],
): EventRule | undefined {
	return rules.find(
		(rule) =>
			names.some((name) => isSame(name, rule.event)) &&
			(rule.value === undefined || rule.value.toLowerCase() === value?.toLowerCase()),
	);
}

/** Names of ids and of properties hold digits that tell them apart, so those count. */
function isSame(name: string, asked: string): boolean {
	const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\d]/gu, '');
	return plain(name) === plain(asked);
}

/** The type that a rule, the sender's own mapping or the name itself gives. */
export function typeOf(heard: Heard, rule: EventRule | undefined): EventType | undefined {
	if (rule !== undefined) return rule.type;
	return heard.type ?? (lettersOf(heard.names[0]) === '' ? undefined : typeNamed(heard.names[0]));
}
